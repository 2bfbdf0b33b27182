# SPDX-License-Identifier: EUPL-1.2
"""What ranking takes: the merge of the areas' lists with exact robustness, and the pages, in time.

    DATABASE_URL=postgres://… python -m benchmarks.ranking

Five areas' lists of 2,000 initiatives, six criteria, nine members: merged by uddatalsmetoden; every
pair compared by all weights that differ at most a fifth; the places with each member left out.
Then the pages on which a round with as many is read and ordered, signed in, through the whole of
the desk but the network; beside them the first time that the budget line is drawn, before it is
remembered, and as a peer what a page of the desk takes that asks for nothing (its help). Uses a
database of its own beside that of DATABASE_URL, and drops it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from fractions import Fraction
from typing import TYPE_CHECKING

from benchmarks.city import own_database, percentile
from casework.methods.apportion import merge
from casework.methods.kemeny import consensus
from casework.methods.robust import bands_without_each, robustness

if TYPE_CHECKING:
    from casework.organisation.models import User
    from casework.planning.models import Round

_CRITERIA = 6
_MEMBERS = 9
_AREAS = {"ped": 4, "soc": 3, "tek": 2, "adm": 2, "it": 1}


def main() -> None:
    """Rank made-up initiatives, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--short", action="store_true", help="once")
    options = parser.parse_args()
    chance = random.Random(1)
    weights = [chance.randint(1, 4) for _ in range(_CRITERIA)]
    values = [
        [Fraction(chance.randint(0, 10), 2) for _ in weights] for _ in range(options.initiatives)
    ]
    sheets = [
        [
            [chance.randint(0, 5) if chance.random() < 0.95 else None for _ in weights]
            for _ in range(options.initiatives)
        ]
        for _ in range(_MEMBERS)
    ]
    areas = list(_AREAS)
    lists = {
        area: list(range(at, options.initiatives, len(areas))) for at, area in enumerate(areas)
    }
    taken = []
    for _ in range(1 if options.short else options.times):
        start = time.perf_counter()
        merge(lists, _AREAS, areas)
        robustness(values, weights)
        bands_without_each(sheets, weights)
        taken.append(time.perf_counter() - start)
    orders = [sorted(range(20), key=lambda at: at + chance.gauss(0, 5)) for _ in range(_MEMBERS)]
    start = time.perf_counter()
    consensus(list(range(20)), [{item: at for at, item in enumerate(order)} for order in orders])
    agreed = time.perf_counter() - start
    pages = _pages(options.initiatives, 5 if options.short else 20)
    help_ms = round(pages.pop("help")[0] * 1000, 1)
    first_ms = round(pages.pop("first")[0] * 1000, 1)
    figures = {
        "pages_p95_ms": round(max(taken for taken, _queries in pages.values()) * 1000, 1),
        "pages_queries": max(queries for _taken, queries in pages.values()),
        "pages": {
            name: [round(taken * 1000, 1), queries] for name, (taken, queries) in pages.items()
        },
        "budget_line_first_ms": first_ms,
        "merge_robust_s": round(sorted(taken)[len(taken) // 2], 3),
        "initiatives": options.initiatives,
        "criteria": _CRITERIA,
        "consensus_20_s": round(agreed, 3),
    }
    print(
        json.dumps(
            {
                "name": "ranking",
                "database": "",
                "figures": figures,
                "peer": {"help_p95_ms": help_ms},
            }
        )
    )


def _pages(count: int, times: int) -> dict[str, tuple[float, int]]:
    """The 95th percentile in seconds and the queries of each page of a round."""
    with own_database("bench_ranking"):
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from django.urls import reverse

        round_, reader = _round_of(count)
        area = round_.areas.select_related("service_area")[0].service_area
        addresses = {
            "table": reverse("desk_table_all", args=[round_.slug]),
            "table_sorted": reverse("desk_table_all", args=[round_.slug]) + "?ordning=-ar-1",
            "area": reverse("desk_table", args=[round_.slug, area.slug]),
            "ranking": reverse("desk_ranking", args=[round_.slug, area.slug]),
            "proposal": reverse("desk_proposal", args=[round_.slug]),
            "budget_line": reverse("desk_budget_line", args=[round_.slug]),
            "whole": reverse("desk_whole", args=[round_.slug]),
            "help": reverse("desk_guide"),
        }
        import portal.wsgi  # noqa: F401  a server's process: what is loaded stays

        client = Client()
        client.force_login(reader)
        found: dict[str, tuple[float, int]] = {}
        for name, address in addresses.items():
            start = time.perf_counter()
            assert client.get(address).status_code == 200, address
            if name == "budget_line":
                found["first"] = (time.perf_counter() - start, 0)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked, taken = len(queries), []
            for _time in range(times):
                start = time.perf_counter()
                client.get(address)
                taken.append(time.perf_counter() - start)
            found[name] = (percentile(taken, 0.95), asked)
        return found


def _round_of(count: int) -> tuple[Round, User]:
    """A round in which so many initiatives are ranked, each with costs and benefits.

    The cases are registered by the services; the rest is written as they would leave it, past
    them, for a city takes years to do what is measured here.
    """
    from django.db import connection
    from django.db.models import QuerySet
    from django.utils import timezone

    from casework.initiatives.enums import BenefitGroup, Part
    from casework.initiatives.models import (
        AnswerSet,
        BenefitLine,
        CostLine,
        FormVersion,
        Initiative,
    )  # fmt: skip
    from casework.organisation.enums import Role
    from casework.organisation.models import Administration, Body, User
    from casework.organisation.services import appoint
    from casework.planning.models import Round
    from casework.planning.services import open_cycle, set_frame
    from casework.preset.loader import ensure_administration, load_preset
    from casework.prioritisation.enums import ListKind, ListState
    from casework.prioritisation.models import ListItem, OrderedList
    from casework.process.models import Candidacy, Process
    from casework.process.services import open_round
    from casework.register.models import NumberSeries
    from casework.register.services import register_cases

    load_preset()
    today = timezone.localdate()
    cycle = open_cycle(budget_year=today.year + 1, actor=None)
    round_ = Round.objects.get(cycle=cycle, occasion="budget")
    ensure_administration(name="Kontoret", short_name="K", slug="k", authority="KS")
    reader = User.objects.create(username="kontoret")
    appoint(
        user=reader, role=Role.EXECUTIVE_OFFICE, actor=None,
        scope=Body.objects.get(slug="stadsledningskontoret"),
    )  # fmt: skip
    open_round(round=round_, actor=reader)
    set_frame(round=round_, tkr=count * 300, actor=None)
    form = FormVersion.objects.in_use()
    administration = Administration.objects.get(slug="k")
    areas = list(round_.areas.select_related("service_area"))
    series = NumberSeries.objects.get(code="KS")
    chance, now = random.Random(2), timezone.now()
    cases = []
    for start in range(0, count, 500):
        drafts = [
            {"title": f"Initiativ {n}", "received_date": today, "case_type": "initiative",
             "service_area": areas[n % len(areas)].service_area}
            for n in range(start, min(start + 500, count))
        ]  # fmt: skip
        cases += register_cases(series=series, actor=None, drafts=drafts)  # type: ignore[arg-type]
    made = Initiative.objects.bulk_create(
        Initiative(
            form_version=form, originator=reader, administration=administration, case=case,
            title=case.title, service_area_id=case.service_area_id,
            cost_tkr=chance.randint(1, 90) * 50,
        )
        for case in cases
    )  # fmt: skip
    candidacies = Candidacy.objects.bulk_create(
        Candidacy(initiative=row, round=round_, entered_at=now) for row in made
    )
    Process.objects.bulk_create(
        Process(initiative=row, candidacy=place, entered_at=now)
        for row, place in zip(made, candidacies, strict=True)
    )
    # Past the machines, which know no bulk.
    places: QuerySet[Candidacy] = QuerySet(Candidacy)
    places.update(stage="ranked")
    lives: QuerySet[Process] = QuerySet(Process)
    lives.update(stage="in_round")
    answers = [
        {
            "cost_plan": {"one_off": [row.cost_tkr, 0, 0], "running": [0, 50, 50],
                          "own": [0, 0, 0], "external": [0, 0, 0], "after": 50},
            "benefit_scale": {g: {"level": chance.randint(0, 5), "measure": "", "evidence": ""}
                              for g in BenefitGroup.values},
            "need": "Ett behov. " * 20, "risk": "low",
        }
        for row in made
    ]  # fmt: skip
    AnswerSet.objects.bulk_create(
        AnswerSet(
            initiative=row, form_version=form, part=Part.PREPARATION, author=reader,
            answers=given, saved_at=now, frozen_at=now,
        )
        for row, given in zip(made, answers, strict=True)
    )  # fmt: skip
    CostLine.objects.bulk_create(
        CostLine(initiative=row, year=year, one_off_tkr=row.cost_tkr or 0 if year == 1 else 0,
                 running_tkr=0 if year == 1 else 50)
        for row in made for year in (1, 2, 3, 4)
    )  # fmt: skip
    BenefitLine.objects.bulk_create(
        BenefitLine(initiative=row, group=group, level=told["level"])
        for row, given in zip(made, answers, strict=True)
        for group, told in given["benefit_scale"].items()  # type: ignore[attr-defined]
    )
    for area in areas:
        list_ = OrderedList.objects.create(
            round=round_, kind=ListKind.AREA, service_area=area.service_area,
            state=ListState.FIXED, fixed_at=now,
        )  # fmt: skip
        own = [p for p in candidacies if p.initiative.service_area_id == area.service_area_id]
        ListItem.objects.bulk_create(
            ListItem(list=list_, candidacy=row, place=place)
            for place, row in enumerate(own, start=1)
        )
    round_.areas.update(fixed_at=now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return round_, reader


if __name__ == "__main__":
    main()
