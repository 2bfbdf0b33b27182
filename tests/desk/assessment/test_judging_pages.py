# SPDX-License-Identifier: EUPL-1.2
"""A member's own judgement, the opening, and what the group reads and agrees on (R33, R41)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.assessment.models import AgreedScore, MemberPlace, Score
from casework.assessment.selectors import criteria_of, own_sheet, values_of
from casework.planning.enums import SuggestionBy
from casework.planning.services import change_area
from casework.prioritisation.services import reopen_ranking
from casework.register.models import Case
from casework.register.services import mark_secret
from tests import small_city as small
from tests.desk.assessment.giving import address, browser, fields, give_all, open_all
from tests.desk.counting import queries
from tests.small_city import SmallCity


@pytest.fixture
def two(city: SmallCity) -> list[int]:
    """Two admitted initiatives, and the area's list open."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Två till.")
    return [small.candidacy_of(small.admitted(city, title)) for title in ("Första", "Andra")]


@pytest.fixture
def ranking(city: SmallCity, two: list[int]) -> list[int]:
    """The same, in an area whose members order."""
    area = city.round_area
    change_area(area=area, share=1, suggestion_by=SuggestionBy.RANKINGS, actor=city.people["slk"])
    return two


def test_the_page_shows_each_step_in_words_and_keeps_a_draft(
    city: SmallCity, two: list[int]
) -> None:
    member = browser(city, "ledamot")
    page = member.get(address(city, "desk_judge")).content.decode()
    criterion = criteria_of(city.round_area)[0]
    step = criterion.steps.exclude(words="").latest("points")
    assert f">{step.points} {step.words}</option>" in page
    assert page.count("<select") == len(two) * len(criteria_of(city.round_area))
    one = f"{two[0]}-{criterion.pk}"
    answer = member.post(
        address(city, "desk_judge"), {f"p-{one}": "4", f"n-{one}": "Många ringer.", "save": ""}
    )
    assert answer.status_code == 302
    page = member.get(address(city, "desk_judge")).content.decode()
    assert "Många ringer." in page
    own = own_sheet(city.round_area, city.people["ledamot"])
    assert own.scores == {(two[0], criterion.pk): (4, "Många ringer.")}
    assert not own.is_submitted


def test_what_one_types_is_kept_as_one_goes(city: SmallCity, two: list[int]) -> None:
    member = browser(city, "ledamot")
    criterion = criteria_of(city.round_area)[0]
    one, other = (f"{pk}-{criterion.pk}" for pk in two)
    typed = {f"p-{one}": "avstar", f"p-{other}": "", f"n-{other}": "Inte valt än", "autosave": "1"}
    answer = member.post(address(city, "desk_judge"), typed)
    left = len(two) * len(criteria_of(city.round_area)) - 1
    assert f"{left} bedömningar återstår" in answer.content.decode()
    scores = own_sheet(city.round_area, city.people["ledamot"]).scores
    assert scores == {(two[0], criterion.pk): (None, "")}
    late = member.post(address(city, "desk_judge"), {f"p-{other}": "9", "autosave": "1"})
    assert late.status_code == 422
    odd = member.post(address(city, "desk_judge"), {f"p-{other}": "²", "autosave": "1"})
    assert odd.status_code == 422
    assert len(own_sheet(city.round_area, city.people["ledamot"]).scores) == 1


def test_a_note_without_a_score_is_asked_about_and_not_lost(
    city: SmallCity, two: list[int]
) -> None:
    member = browser(city, "ledamot")
    one = f"{two[0]}-{criteria_of(city.round_area)[0].pk}"
    answer = member.post(
        address(city, "desk_judge"), {f"p-{one}": "", f"n-{one}": "Ser dyrt ut", "save": ""}
    )
    assert answer.status_code == 422
    assert 'value="Ser dyrt ut"' in answer.content.decode()
    assert "saknar poäng" in answer.content.decode()


def test_handing_in_needs_all_of_it_and_can_be_changed_until_the_opening(
    city: SmallCity, two: list[int]
) -> None:
    member = browser(city, "ledamot")
    answer = member.post(address(city, "desk_judge"), {"submit": ""})
    assert answer.status_code == 422
    assert "bedömningar saknas" in answer.content.decode()
    give_all(city, "ledamot", 3)
    page = member.get(address(city, "desk_judge")).content.decode()
    assert "Du har lämnat in." in page
    typed = fields(city, two, "1") | {"save": ""}
    assert member.post(address(city, "desk_judge"), typed).status_code == 302
    open_all(city)
    assert {row.points for row in Score.objects.all()} == {1}
    assert (
        "Inget väntar på din bedömning" in member.get(address(city, "desk_judge")).content.decode()
    )


def test_members_who_order_may_let_two_share_a_place(city: SmallCity, ranking: list[int]) -> None:
    member = browser(city, "ledamot")
    first, second = ranking
    here = address(city, "desk_judge")
    member.post(here, {"order": [first, second], "move": f"up-{second}"})
    assert own_sheet(city.round_area, city.people["ledamot"]).places == {second: 1, first: 2}
    answer = member.post(here, {"order": [second, first], f"same-{first}": "1", "submit": ""})
    assert answer.status_code == 302
    assert "checked" in member.get(here).content.decode()
    give_all(city, "ordforande", places=[first, second])
    open_all(city)
    page = member.get(address(city, "desk_opened")).content.decode()
    assert "störst oenighet först" in page
    assert "1, 2" in page
    assert MemberPlace.objects.count() == 4
    sure = member.get(address(city, "desk_sureness")).content.decode()
    assert "ordnar i stället" in sure


def test_the_chair_opens_only_when_the_room_was_asked(city: SmallCity, two: list[int]) -> None:
    give_all(city, "ledamot", 3)
    chair, member = browser(city, "ordforande"), browser(city, "ledamot")
    here = address(city, "desk_opened")
    assert "Öppna bedömningarna för" in chair.get(here).content.decode()
    assert "Öppna bedömningarna för" not in member.get(here).content.decode()
    assert "Fråga i rummet" in chair.post(here, {"open": ""}, follow=True).content.decode()
    assert not Score.objects.exists()
    member.post(here, {"open": "", "asked": "1"})
    assert not Score.objects.exists()
    chair.post(here, {"open": "", "asked": "1"})
    assert Score.objects.exists()


def test_what_is_widest_apart_stands_first_and_the_group_agrees(
    city: SmallCity, two: list[int]
) -> None:
    first, second = two
    criteria = criteria_of(city.round_area)
    last = f"{second}-{criteria[-1].pk}"
    give_all(city, "ledamot", 3, other={f"p-{last}": "5", f"n-{last}": "Vi har provat den."})
    give_all(city, "ordforande", 3, other={f"p-{last}": "0"})
    open_all(city)
    member = browser(city, "ledamot")
    answer = member.get(address(city, "desk_opened"))
    assert [card["key"] for card in answer.context["cards"]] == [second, first]
    assert answer.context["cards"][0]["cells"][0].scale.criterion == criteria[-1]
    page = answer.content.decode()
    assert "från 0 till 5" in page
    assert "Vi har provat den." in page
    assert "2,5" in page
    here = address(city, "desk_opened")
    refused = member.post(here, {"agree": second, "note": "Prövat i tre år."})
    assert refused.status_code == 422
    assert "Prövat i tre år." in refused.content.decode()
    member.post(here, {"agree": second, f"a-{last}": "4", "note": "Prövat i tre år."})
    (agreed,) = AgreedScore.objects.all()
    assert (agreed.points, agreed.note) == (4, "Prövat i tre år.")
    assert values_of(city.round_area)[second][criteria[-1].pk] == 4
    assert "Prövat i tre år." in member.get(here).content.decode()


def test_how_sure_the_order_is_stands_in_a_picture_and_a_table(
    city: SmallCity, two: list[int]
) -> None:
    second = two[1]
    other = {name: "5" for name in fields(city, [second], "5") if name.startswith("p-")}
    give_all(city, "ledamot", 2, other=other)
    give_all(city, "ordforande", 2)
    open_all(city)
    answer = browser(city, "ledamot").get(address(city, "desk_sureness"))
    rows = answer.context["rows"]
    assert [row["place"] for row in rows] == [1, 2]
    assert rows[0]["counts"] == (1, 0, 0, 0, 0)
    assert rows[1]["counts"] == (0, 0, 0, 0, 1)
    assert [row["members"] for row in rows] == ["1", "1–2"]
    assert answer.context["pairs"] == {"surely": 1, "mostly": 0, "depends": 0}
    assert answer.content.decode().count('class="bands__band"') == 2


@pytest.mark.parametrize("name", ["desk_judge", "desk_opened", "desk_sureness"])
def test_only_the_group_opens_its_pages(city: SmallCity, two: list[int], name: str) -> None:
    for who in ("slk", "admin", "radet", "registrator", "larare", "direktor"):
        assert browser(city, who).get(address(city, name)).status_code in {302, 403}, who
    for who in ("ordforande", "ledamot"):
        assert browser(city, who).get(address(city, name)).status_code == 200


def test_the_round_and_the_list_lead_to_the_pages(city: SmallCity, two: list[int]) -> None:
    member = browser(city, "ledamot")
    for start in (reverse("desk_round", args=[city.round.slug]), address(city, "desk_ranking")):
        page = member.get(start).content.decode()
        for name in ("desk_judge", "desk_opened"):
            assert f'href="{address(city, name)}"' in page, start


def test_a_secret_one_is_neither_shown_nor_judged_by_who_may_not_see_it(
    client: Client, city: SmallCity, two: list[int]
) -> None:
    case = Case.objects.get(initiative__process__candidacy=two[0])
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    page = browser(city, "ledamot").get(address(city, "desk_judge")).content.decode()
    assert case.dnr not in page
    assert "Första" not in page


@pytest.mark.parametrize("name", ["desk_judge", "desk_opened", "desk_sureness"])
def test_the_pages_cost_the_same_for_two_and_for_five(
    city: SmallCity, two: list[int], name: str
) -> None:
    counts = []
    for more in ((), ("Tredje", "Fjärde", "Femte")):
        for title in more:
            small.admitted(city, title)
        give_all(city, "ledamot", 3)
        if name != "desk_judge":
            open_all(city)
        counts.append(queries(browser(city, "ledamot"), address(city, name)))
    assert counts[0] == counts[1] <= 20


def test_the_meeting_room_leads_the_judges_to_their_own_judgement(
    city: SmallCity, two: list[int]
) -> None:
    for who, leads in (("ledamot", True), ("ordforande", True), ("slk", False)):
        page = browser(city, who).get(address(city, "desk_meeting")).content.decode()
        assert (f'href="{address(city, "desk_judge")}"' in page) is leads, who


def test_the_first_page_tells_a_member_what_is_left_to_judge(
    city: SmallCity, two: list[int]
) -> None:
    member, chair = browser(city, "ledamot"), browser(city, "ordforande")
    area, day = city.round_area.service_area, city.round.groups_until.isoformat()
    home = reverse("wagtailadmin_home")

    def told(client: Client) -> str:
        return " ".join(client.get(home).content.decode().split())

    assert f"Bedöm 2 initiativ i {area}" in told(member)
    assert f"senast {day}" in told(member)
    before = told(chair)
    assert f"Bedöm 2 initiativ i {area}" in before
    member.post(address(city, "desk_judge"), {**fields(city, two[:1], "3"), "save": ""})
    assert f"Bedöm 1 initiativ i {area}" in told(member)
    member.post(address(city, "desk_judge"), {**fields(city, two, "3"), "save": ""})
    assert f"Lämna in din bedömning i {area}" in told(member)
    give_all(city, "ledamot")
    assert "Din bedömning" not in told(member)
    assert f"Bedöm 2 initiativ i {area}" in told(chair)
    for who in ("slk", "admin", "registrator"):
        assert "Din bedömning" not in told(browser(city, who)), who


def test_the_first_page_counts_no_secret_initiative_to_a_judge_who_may_not_see_it(
    city: SmallCity, two: list[int]
) -> None:
    case = Case.objects.get(initiative__process__candidacy=two[0])
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    page = browser(city, "ledamot").get(reverse("wagtailadmin_home")).content.decode()
    assert "Bedöm 1 initiativ" in page


def test_members_who_rank_are_told_what_has_no_place_yet(
    city: SmallCity, ranking: list[int]
) -> None:
    page = browser(city, "ledamot").get(reverse("wagtailadmin_home")).content.decode()
    assert "Bedöm 2 initiativ" in page
    give_all(city, "ledamot", places=ranking)
    page = browser(city, "ledamot").get(reverse("wagtailadmin_home")).content.decode()
    assert "Din bedömning" not in page


def test_8_who_has_handed_in_is_told_what_came_since_and_where_it_is(
    city: SmallCity, two: list[int]
) -> None:
    give_all(city, "ledamot")
    late = small.candidacy_of(small.admitted(city, "Tredje"))
    page = browser(city, "ledamot").get(address(city, "desk_judge")).content.decode()
    left = len(criteria_of(city.round_area))
    assert f"Du har lämnat in, men {left} bedömningar återstår." in page
    told = {
        key: f"{left} bedömningar återstår här." in card.partition("</section>")[0]
        for key in (*two, late)
        for card in [page.partition(f'id="initiativ-{key}"')[2]]
    }
    assert told == {two[0]: False, two[1]: False, late: True}
