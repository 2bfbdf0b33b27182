# SPDX-License-Identifier: EUPL-1.2
"""The city's proposal explains each place: the merge, the scores alone, who moved it (R34, R58)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.initiatives.models import Initiative
from casework.organisation.models import ServiceArea
from casework.prioritisation import services
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import ListItem, OrderedList
from casework.register.models import Case
from casework.register.services import mark_secret
from tests import small_city as small
from tests.desk.assessment.giving import browser, fields, give_all, open_all
from tests.desk.counting import queries
from tests.small_city import SmallCity
from ui import orders


@pytest.fixture
def merged(city: SmallCity) -> list[int]:
    """Four of one area and one of another, ranked and scored; in the merge's order."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Fem till."
    )
    made = [small.admitted(city, f"Initiativ {number}") for number in range(1, 6)]
    keys = [small.candidacy_of(row) for row in made]
    for who in ("ledamot", "ordforande"):
        other: dict[str, str] = {}
        for points, pk in enumerate(keys, start=1):
            other |= fields(city, [pk], str(points))
        give_all(city, who, other=other)
    open_all(city)
    small.fix_list(city, *made)
    _take_over(city, keys[-1])
    small.finish_other_areas(city)
    for initiative in made:
        small.ask_experts(city, initiative)
    return [keys[0], keys[4], *keys[1:4]]


def _take_over(city: SmallCity, candidacy: int) -> None:
    """Let the second area have it on its list, as its group would have fixed it."""
    other = ServiceArea.objects.get(slug="sociala")
    ListItem.objects.filter(candidacy=candidacy, list__kind=ListKind.AREA).delete()
    list_ = OrderedList.objects.create(
        round=city.round, kind=ListKind.AREA, service_area=other, version=9, state=ListState.FIXED
    )
    ListItem.objects.create(list=list_, candidacy_id=candidacy, place=1)
    Initiative.objects.filter(process__candidacy=candidacy).update(service_area=other)


def proposal(city: SmallCity) -> str:
    return reverse("desk_proposal", args=[city.round.slug])


def page_of(city: SmallCity, who: str = "slk") -> str:
    return " ".join(browser(city, who).get(proposal(city)).content.decode().split())


def test_each_place_explains_itself(city: SmallCity, merged: list[int]) -> None:
    """Issue 8: with one decimal all places after the twelfth were told with the number 0,1."""
    answer = browser(city, "slk").get(proposal(city))
    assert [row.candidacy.pk for row in answer.context["rows"]] == merged
    words = answer.context["words"]
    assert words[merged[0]] == (
        "pedagogiska områdets första; jämförelsetal 1. "
        "Lika mycket hade sociala området; områdenas fasta ordning avgjorde."
    )
    assert words[merged[1]] == (
        "sociala områdets första; jämförelsetal 1; närmast hade pedagogiska området 0,333."
    )
    assert words[merged[-1]] == (
        "pedagogiska områdets fjärde; jämförelsetal 0,143. Inget annat område hade något kvar."
    )
    assert "Plats 2 i sammanvägningen: sociala områdets första" in page_of(city)


def test_beside_it_stands_the_order_by_scores_and_where_they_differ(
    city: SmallCity, merged: list[int]
) -> None:
    answer = browser(city, "radet").get(proposal(city))
    assert [answer.context["scored"][pk] for pk in merged] == [5, 1, 4, 3, 2]
    page = page_of(city)
    assert "skiljer sig från sammanvägningen i 0 av 10 par" in page
    assert "Från ordningen efter poäng skiljer den sig i 7 av 10 par." in page
    assert "1 i sammanvägningen · 5 efter poäng" in page


def test_who_moved_one_and_why_stands_at_its_place(city: SmallCity, merged: list[int]) -> None:
    office, here = browser(city, "slk"), proposal(city)
    office.post(here, {"order": merged, "save": ""})
    lifted = [merged[4], *merged[:4]]
    office.post(here, {"order": lifted, "save": ""})
    page = page_of(city)
    assert "Slk Ek flyttade den från 5 till 1" in page
    assert "Den står inte där sammanvägningen satte den" in page
    assert "1 motivering saknas." in page
    office.post(here, {"order": lifted, f"reason-{lifted[0]}": "Avtalet går ut.", "save": ""})
    office.post(here, {"order": lifted, "hand_over": ""})
    page = page_of(city, "radet")
    assert "Avtalet går ut." in page
    assert "Plats 5 i sammanvägningen: pedagogiska områdets fjärde" in page
    assert "skiljer sig från sammanvägningen i 4 av 10 par" in page


def test_the_shares_are_shown_and_that_they_were_fixed_first(
    city: SmallCity, merged: list[int]
) -> None:
    page = page_of(city, "radet")
    assert "Pedagogiska området, andel 1 av 5" in page
    assert "innan någon lista fastställdes" in page
    assert "Delningstalen är 1, 3, 5" in page


def test_a_proposal_sent_back_is_kept_and_set_beside_the_new_one(
    city: SmallCity, merged: list[int]
) -> None:
    office, here = browser(city, "slk"), proposal(city)
    office.post(here, {"order": merged, "hand_over": ""})
    first = OrderedList.objects.filter(kind=ListKind.CITY).order_by("-version")[0]
    services.refer_back(
        round=city.round, actor=city.people["radet"], reason="Räkna om.",
        act=city.act("utvecklingsradet"),
    )  # fmt: skip
    swapped = [merged[1], merged[0], *merged[2:]]
    reasons = {f"reason-{pk}": "Vi räknade om." for pk in swapped[:2]}
    office.post(here, {"order": swapped, **reasons, "hand_over": ""})
    first.refresh_from_db()
    assert first.state == ListState.REPLACED
    page = page_of(city, "radet")
    old = reverse("desk_handed_proposal", args=[city.round.slug, first.version])
    assert f'href="{old}"' in page
    assert f"2 i version {first.version}" in page
    before = browser(city, "radet").get(old)
    assert [row.candidacy.pk for row in before.context["rows"]] == merged


def test_who_may_not_see_one_gets_no_number_that_tells_of_it(
    city: SmallCity, merged: list[int]
) -> None:
    case = Case.objects.get(initiative__process__candidacy=merged[0])
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    answer = browser(city, "radet").get(proposal(city))
    assert answer.context["hidden"] == 1
    assert answer.context["words"] == {}
    assert sorted(answer.context["beside"].places.values()) == [1, 2, 3, 4]
    assert "jämförelsetal" not in answer.content.decode()


def test_the_proposal_costs_the_same_for_five_and_for_eight(
    city: SmallCity, merged: list[int]
) -> None:
    office, here = browser(city, "slk"), proposal(city)
    counts = []
    for more in ((), ("Sex", "Sju", "Åtta")):
        if more:
            services.reopen_ranking(
                area=city.round_area, actor=city.people["ordforande"], reason="Fler."
            )
            first = [pk for pk in merged if pk != merged[1]]
            new = [small.admitted(city, title) for title in more]
            made = Initiative.objects.filter(process__candidacy__in=first)
            small.fix_list(city, *made.order_by("pk"), *new)
            for initiative in new:
                small.ask_experts(city, initiative)
        counts.append(queries(office, here))
    # Two of them ask what the list that was handed over before has had of the frames.
    assert counts[0] == counts[1] <= 23


def test_a_long_list_is_shown_in_parts_and_each_part_is_moved_within_the_whole(
    city: SmallCity, merged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "PER_PAGE", 2)
    office, here = browser(city, "slk"), proposal(city)
    second = office.get(f"{here}?sida=2")
    assert [row.place for row in second.context["page"]] == [3, 4]
    assert 'data-first="3"' in second.content.decode()
    third, fourth = merged[2:4]
    answer = office.post(f"{here}?sida=2", {"order": [fourth, third], "save": ""})
    assert answer["Location"] == f"{here}?sida=2"
    rows = office.get(here).context["rows"]
    assert [row.key for row in rows] == [*merged[:2], fourth, third, merged[4]]
    office.post(f"{here}?sida=2", {"order": [fourth, third], "move": f"up-{fourth}"})
    rows = office.get(here).context["rows"]
    assert [row.key for row in rows] == [merged[0], fourth, merged[1], third, merged[4]]
