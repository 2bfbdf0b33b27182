# SPDX-License-Identifier: EUPL-1.2
"""Builds the demo city by calling the same services as people do, under a clock of its own."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from casework.feedback.models import Notice, NoticeState
from casework.initiatives.models import Initiative
from casework.planning.models import RoundArea
from casework.prioritisation.services import save_order
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.register.models import Case
from casework.register.number_audit import series_years
from casework.register.services import audit_numbers, close_case
from demo.aftermath import Aftermath, last_days
from demo.basis import Basis
from demo.cast import CITY_COUNCIL, COMMITTEE, COUNCIL, Cast
from demo.clock import Timeline, at, mail_sent_long_ago
from demo.keeping import Keeping
from demo.letters import Post, load_earlier_decisions
from demo.people import read
from demo.sittings import TODAY, Sittings, group_day
from demo.walk import Walk
from demo.years import Years

AHEAD = {
    COUNCIL: (dt.date(2026, 12, 2), Standing.IN_PROPOSAL),
    COMMITTEE: (dt.date(2026, 12, 4), Standing.WITH_COMMITTEE),
    CITY_COUNCIL: (dt.date(2026, 11, 30), Standing.RECOMMENDED),
}
"""The bodies' next meetings, and what waits for them."""


def is_seeded() -> bool:
    """Whether the demo's initiatives are there already."""
    return Initiative.objects.exists()


def seed_initiatives() -> int:
    """All initiatives of the demo in their rounds; returns how many."""
    rows = [*read("initiatives"), *read("round_2028")]
    load_earlier_decisions()
    with mail_sent_long_ago(), transaction.atomic():
        cast, timeline = Cast(), Timeline()
        sittings = Sittings(cast, timeline)
        walks = [Walk(row, cast, timeline, sittings) for row in rows]
        basis, aftermath = Basis(), Aftermath(walks, cast, timeline)
        for number, walk in enumerate(walks):
            walk.basis = basis.answers(walk.row, number)
            walk.begin()
        aftermath.plan()
        Years(walks, cast, timeline, sittings).plan()
        Post(cast, timeline).plan()
        Keeping(cast, timeline).plan()
        timeline.play()
        with at(TODAY, 16):
            _look_ahead(cast, sittings)
            aftermath.look_around()
            _order_what_is_admitted(cast, walks)
            _close_what_is_over(cast)
            _audit_numbers(cast)
            Notice.objects.filter(created_at__lt=last_days()).update(read_at=F("created_at"))
        Notice.objects.update(state=NoticeState.SENT, sent_at=F("created_at"))
    return len(rows)


def _look_ahead(cast: Cast, sittings: Sittings) -> None:
    """The next meeting of every body, with what waits for it on the agenda."""
    for body, (day, stage) in AHEAD.items():
        sittings.ahead(body, day, _cases(stage))
    for area in cast.areas:
        day = group_day(area, TODAY + dt.timedelta(days=1))
        sittings.ahead(f"grupp-{area}", day, _cases(Standing.WITH_GROUP, area))


def _order_what_is_admitted(cast: Cast, walks: list[Walk]) -> None:
    """The groups' lists as they stand: in order, with reasons, not fixed yet (R33)."""
    by_initiative = {walk.initiative.pk: walk for walk in walks}
    for area in cast.areas.values():
        rows = Candidacy.objects.filter(
            stage=Standing.ADMITTED, initiative__service_area=area
        ).select_related("round", "initiative")
        found = sorted(rows, key=lambda row: by_initiative[row.initiative_id].row.get("place", 99))
        if found:
            save_order(
                area=RoundArea.objects.get(round=found[0].round, service_area=area),
                order=[row.pk for row in found],
                actor=cast.chair(area.slug),
                reasons={
                    row.pk: by_initiative[row.initiative_id].row.get("rank_reason", "")
                    for row in found
                },
            )


def _cases(stage: str, area: str = "") -> list[Case]:
    rows = Candidacy.objects.filter(stage=stage).select_related("initiative__case").order_by("pk")
    if area:
        rows = rows.filter(initiative__service_area__slug=area)
    return [row.initiative.case for row in rows if row.initiative.case]


def _audit_numbers(cast: Cast) -> None:
    """The registrar has the numbers and the chains of the diary computed again."""
    registrar = cast.by("registrator")
    for row in series_years(registrar):
        audit_numbers(series=row.series, year=row.year, actor=registrar)


def _close_what_is_over(cast: Cast) -> None:
    """The registrar closes what was settled long ago; a final stage closes no case by itself."""
    over = Case.objects.exclude(outcome="").filter(
        decided_on__lt=dt.date(2026, 1, 1),
        initiative__process__stage__in=["rejected", "declined", "out_of_scope", "implemented"],
    )
    for case in over:
        close_case(
            case=case,
            outcome=case.outcome,
            decided_on=case.decided_on,
            actor=cast.by("registrator"),
            despite="Avgjort förra året.",
        )
