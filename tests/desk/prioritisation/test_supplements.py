# SPDX-License-Identifier: EUPL-1.2
"""A supplement asks for what is not granted yet, wherever its money is told (R38, issue 8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from casework.initiatives.basis import CostPlan, CostYear
from casework.initiatives.models import CostLine, Initiative
from casework.planning.enums import FrameKind, Occasion
from casework.planning.models import Round
from casework.planning.services import set_frame
from casework.prioritisation import money, services
from casework.prioritisation.models import Funding
from casework.prioritisation.rows import points_of
from casework.prioritisation.services import CouncilVerdict
from casework.process import services as process
from casework.process.models import Candidacy
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def partly(city: SmallCity) -> Initiative:
    """It costs 1,250, got 500 in the budget, and asks for the rest in the interim report."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="En till."
    )
    initiative = small.admitted(city, "Delvis")
    small.fix_list(city, initiative)
    small.hand_over(city, initiative)
    small.recommend(city, initiative)
    _decide(
        city,
        city.round,
        CouncilVerdict(small.candidacy_of(initiative), "approve_in_part", 500, "R"),
    )
    supplement = _supplement(city)
    process.open_round(round=supplement, actor=city.people["slk"])
    process.nominate_supplement(initiative=initiative, round=supplement, actor=city.people["slk"])
    initiative.refresh_from_db()
    return initiative


def _supplement(city: SmallCity) -> Round:
    return Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)


def _decide(city: SmallCity, round_: Round, verdict: CouncilVerdict) -> None:
    services.decide(
        round=round_,
        actor=city.people["beslut"],
        verdicts=[verdict],
        reference="KF § 13",
        act=city.act("kommunfullmaktige"),
    )


def _stands(initiative: Initiative, stage: str) -> int:
    """Past the machine, which has no short way there; the oracle's walks take the long one."""
    key = small.candidacy_of(initiative)
    rows: QuerySet[Candidacy] = QuerySet(Candidacy)
    rows.filter(pk=key).update(stage=stage)
    return key


def _get(client: Client, city: SmallCity, who: str, name: str, *args: str) -> Any:
    client.force_login(city.people[who])
    answer = client.get(reverse(name, args=[_supplement(city).slug, *args]))
    assert answer.status_code == 200
    return answer


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_8_the_areas_list_shows_what_a_supplement_asks_for(
    client: Client, city: SmallCity, partly: Initiative
) -> None:
    _stands(partly, "admitted")
    text = _text(_get(client, city, "ordforande", "desk_ranking", "pedagogiska"))
    assert "750 tkr" in text
    assert "500 tkr är redan beviljat" in text
    assert "1 250 tkr" not in text


def test_8_the_proposal_and_the_line_count_what_is_not_granted_yet(
    client: Client, city: SmallCity, partly: Initiative
) -> None:
    _stands(partly, "ranked")
    set_frame(round=_supplement(city), tkr=1000, actor=city.people["slk"])
    proposal = _get(client, city, "slk", "desk_proposal")
    (row,) = proposal.context["rows"]
    assert (row.asked_tkr, row.total, row.left_tkr, row.granted_tkr) == (750, 750, 750, 500)
    assert row.stop is None
    assert "500 tkr är redan beviljat" in _text(proposal)
    line = _get(client, city, "radet", "desk_budget_line")
    assert [told["asked"] for told in line.context["rows"]] == [750]
    assert "500 tkr är redan beviljat" in _text(line)


def test_8_the_round_that_granted_the_part_goes_on_saying_what_was_asked_then(
    city: SmallCity, partly: Initiative
) -> None:
    rows = Candidacy.objects.filter(initiative=partly).order_by("pk")
    assert [point.granted_tkr for point in points_of(rows)] == [0, 500]


def test_8_bifall_to_a_supplement_gives_what_was_left(city: SmallCity, partly: Initiative) -> None:
    key = _stands(partly, "recommended")
    with pytest.raises(ValidationError, match="det som återstår"):
        _decide(city, _supplement(city), CouncilVerdict(key, "approve_in_part", 750, "R"))
    _decide(city, _supplement(city), CouncilVerdict(key, "approve"))
    assert Funding.objects.get(candidacy=key).amount_tkr == 750


def test_8_a_granted_part_pays_the_first_years_of_a_plan_first() -> None:
    plan = CostPlan((CostYear(1, 400, own=100), CostYear(2, 100, 200), CostYear(3, 0, 50)), 50)
    left = plan.left_after(350)
    assert [year.asked for year in left.years] == [0, 250, 50]
    assert (left.asked, left.after) == (300, 50)
    keys = [f".{year}.{kind}" for year in (1, 2) for kind in FrameKind.values]
    assert money.costs_of(750, plan, keys, granted=350) == {
        ".2.total": 250, ".2.one_off": 50, ".2.running": 200,
    }  # fmt: skip
    assert money.costs_of(750, None, [".1.total"], granted=350) == {".1.total": 400}


def test_8_the_whole_counts_what_is_not_granted_yet(
    client: Client, city: SmallCity, partly: Initiative
) -> None:
    _stands(partly, "ranked")
    CostLine.objects.filter(initiative=partly).delete()
    for year, tkr in enumerate((400, 450, 400), start=1):
        CostLine.objects.create(initiative=partly, year=year, one_off_tkr=tkr)
    whole = _get(client, city, "slk", "desk_whole")
    assert whole.context["total"] == [0, 350, 400, 0]
