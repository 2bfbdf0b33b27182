# SPDX-License-Identifier: EUPL-1.2
"""The minutes and their extract say by themselves what was decided of each initiative (issue 6)."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from casework.initiatives.models import Initiative
from casework.meetings.minutes_word import minutes_word
from casework.meetings.models import Decision
from casework.meetings.rendering import extract_text
from casework.meetings.services import correct_decision
from casework.prioritisation import services
from casework.prioritisation.services import Advice, CouncilVerdict
from casework.process.enums import Opinion
from casework.process.services import Act
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(city: SmallCity) -> list[Initiative]:
    """Two that the group placed and the office handed over."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Två till."
    )
    made = [small.admitted(city, name) for name in ("Ett", "Två")]
    small.fix_list(city, *made)
    small.hand_over(city, *made)
    return made


def _last(initiative: Initiative) -> Decision:
    assert initiative.case is not None
    return initiative.case.decisions.latest("pk")


def _recommend(city: SmallCity, two: list[Initiative], statement: str = "") -> None:
    first, second = map(small.candidacy_of, two)
    services.recommend(
        round=city.round,
        actor=city.people["radet"],
        advice={
            first: Advice(Opinion.AGAINST, "Kan vänta."),
            second: Advice(Opinion.FOR, "Behövs nu."),
        },
        order=[second, first],
        statement=statement,
        act=city.act("utvecklingsradet"),
    )


def _minutes(city: SmallCity, client: Client, who: str, decision: Decision) -> str:
    client.force_login(city.people[who])
    page = client.get(reverse("desk_minutes", args=[decision.meeting_id])).content.decode()
    return " ".join(page.split())


def test_6_a_groups_minutes_tell_places(city: SmallCity, two: list[Initiative]) -> None:
    told = {
        row.case_id: [point.text for point in row.points.all()]
        for row in Decision.objects.filter(lead__startswith="Rangordningen för")
    }
    assert [told[row.case_id] for row in two if row.case_id] == [
        ["Initiativets plats i rangordningen är nummer 1."],
        ["Initiativets plats i rangordningen är nummer 2."],
    ]


def test_6_the_councils_minutes_tell_opinion_place_and_reason(
    city: SmallCity, client: Client, two: list[Initiative]
) -> None:
    _recommend(city, two)
    against, in_favour = (extract_text(_last(row)) for row in two)
    assert "1. Initiativet förordades inte av utvecklingsrådet." in against
    assert "2. Dess plats i rekommendationen är nummer 2." in against
    assert "Skäl\nKan vänta." in against
    assert "1. Initiativet förordades av utvecklingsrådet." in in_favour
    assert "nummer 1." in in_favour
    page = _minutes(city, client, "radet", _last(two[0])).split("<section")[-2]
    assert page.count("Rekommendationen för") == 1, "once for the whole act"
    assert page.index("Behövs nu.") < page.index("Kan vänta."), "in the order recommended"


def test_8_what_the_council_says_of_the_whole_stands_whole_in_page_and_file(
    city: SmallCity, client: Client, two: list[Initiative]
) -> None:
    """The minutes told only that the recommendation was made."""
    whole = "Helheten är god. " * 40 + "\n\nSkolan bör gå först."
    _recommend(city, two, whole)
    decision = _last(two[0])
    page = _minutes(city, client, "radet", decision)
    assert page.count("Skolan bör gå först.") == 1
    assert page.count("Helheten är god.") == 40
    assert decision.meeting is not None
    named = [row.case for row in two if row.case]
    file = docx.Document(io.BytesIO(minutes_word(decision.meeting, named)))
    text = "\n".join(row.text for row in file.paragraphs)
    assert text.count("Helheten är god.") == 40
    assert text.count("Skolan bör gå först.") == 1
    assert "Helheten" not in extract_text(decision), "it may speak of other cases"


def test_6_the_city_councils_minutes_tell_part_occasion_and_reason_in_one_act(
    city: SmallCity, client: Client, two: list[Initiative]
) -> None:
    _recommend(city, two)
    first, second = map(small.candidacy_of, two)
    services.decide(
        round=city.round,
        actor=city.people["beslut"],
        verdicts=[
            CouncilVerdict(first, "approve_in_part", amount_tkr=500, reason="En etapp."),
            CouncilVerdict(second, "decline", reason="Ryms inte."),
        ],
        reference="KF § 14",
        act=city.act("kommunfullmaktige"),
    )
    year = city.round.cycle.budget_year
    part, no = (_last(row) for row in two)
    assert f"”Ett” beviljas en del av medlen, 500 tkr i budgeten {year}." in extract_text(part)
    assert "Skäl\nEn etapp." in extract_text(part)
    page = _minutes(city, client, "beslut", part)
    assert f"”Två” beviljas inte medel i budgeten {year}." in page
    assert "Ryms inte." in page
    correct_decision(
        decision=part,
        field="paragraph",
        value="21",
        reason="Fel siffra.",
        actor=city.people["beslut"],
    )
    no.refresh_from_db()
    assert no.paragraph == "§ 21", "one act, corrected once"


def test_6_the_committees_minutes_tell_its_opinion(city: SmallCity) -> None:
    chair = small.seat_committee(city)[0]
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="En till."
    )
    service = small.admitted(city, "E-tjänst")
    service.is_eservice = True
    service.save()
    small.fix_list(city, service)
    services.hand_eservices_to_committee(round=city.round, actor=city.people["slk"])
    services.give_committee_opinion(
        initiative=service,
        actor=chair,
        opinion=Opinion.AGAINST,
        reason="Finns redan.",
        act=Act(delegation="D 1"),
    )
    text = extract_text(_last(service))
    assert "1. Initiativet förordades inte av utskottet för e-tjänster." in text
