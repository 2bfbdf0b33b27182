# SPDX-License-Identifier: EUPL-1.2
"""What is suggested for the lists, and the reasons where persons depart from it (R33, R34)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from casework.assessment import selectors as judged
from casework.assessment import services as assessment
from casework.assessment.services import Given
from casework.initiatives.models import Initiative
from casework.organisation.models import ServiceArea
from casework.planning.enums import SuggestionBy
from casework.planning.models import RoundArea
from casework.planning.services import change_area
from casework.prioritisation import services
from casework.prioritisation.audit import list_faults
from casework.prioritisation.enums import ListKind, ListState, Suggestion
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.selectors import mergeable, newest
from casework.prioritisation.suggestions import common_order, distance, merged, moved_items
from tests import small_city as small
from tests.small_city import SmallCity

Three = tuple[Initiative, Initiative, Initiative]


@pytest.fixture
def three(city: SmallCity) -> Three:
    """Three admitted initiatives, and the area's list open."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Tre till ska med."
    )
    return (
        small.admitted(city, "Första"),
        small.admitted(city, "Andra"),
        small.admitted(city, "Tredje"),
    )


def keys(*initiatives: Initiative) -> list[int]:
    return [small.candidacy_of(initiative) for initiative in initiatives]


def scored(city: SmallCity, points: dict[int, int]) -> None:
    """Both members give each initiative the same by all criteria; the chair opens."""
    area = city.round_area
    for name in ("ledamot", "ordforande"):
        assessment.save_scores(
            area=area,
            actor=city.people[name],
            scores=[
                Given(candidacy, criterion.pk, given)
                for candidacy, given in points.items()
                for criterion in judged.criteria_of(area)
            ],
        )
        assessment.submit_sheet(area=area, actor=city.people[name])
    assessment.open_scores(area=area, actor=city.people["ordforande"])


def suggest(city: SmallCity) -> OrderedList:
    return services.suggest_order(area=city.round_area, actor=city.people["ledamot"])


def save(city: SmallCity, order: list[int], **more: Any) -> OrderedList:
    return services.save_order(
        area=city.round_area, order=order, actor=city.people["ordforande"], **more
    )


def fix(city: SmallCity) -> OrderedList:
    return services.fix_ranking(
        area=city.round_area,
        actor=city.people["ordforande"],
        act=city.act("grupp-pedagogiska"),
    )


def test_the_groups_suggestion_is_the_score_order_and_equal_scores_share_a_place(
    city: SmallCity, three: Three
) -> None:
    first, second, third = keys(*three)
    scored(city, {first: 2, second: 4, third: 4})
    draft = suggest(city)
    assert draft.suggestion_by == Suggestion.SCORES
    assert list(draft.items.values_list("candidacy", "place", "suggested_place")) == [
        (second, 1, 1),
        (third, 2, 1),
        (first, 3, 3),
    ]
    assert list(list_faults()) == []


def test_where_members_rank_the_suggestion_has_its_certificate(
    city: SmallCity, three: Three
) -> None:
    area = city.round_area
    change_area(area=area, share=1, suggestion_by=SuggestionBy.RANKINGS, actor=city.people["slk"])
    first, second, third = keys(*three)
    for name, order in (
        ("ledamot", [third, first, second]),
        ("ordforande", [third, second, first]),
    ):
        actor = city.people[name]
        places = {pk: place for place, pk in enumerate(order, start=1)}
        assessment.save_places(area=area, actor=actor, places=places)
        assessment.submit_sheet(area=city.round_area, actor=actor)
    assessment.open_scores(area=area, actor=city.people["ordforande"])
    draft = suggest(city)
    assert (draft.suggestion_by, draft.contradicted, draft.judgements) == (
        Suggestion.RANKINGS,
        1,
        6,
    )
    # The members disagree on two of them evenly: these share a place, the longest admitted first.
    assert list(draft.items.values_list("candidacy", "suggested_place")) == [
        (third, 1),
        (first, 2),
        (second, 2),
    ]


def test_a_suggestion_leaves_an_order_that_persons_made(city: SmallCity, three: Three) -> None:
    first, second, third = keys(*three)
    save(city, [first, third, second])
    scored(city, {first: 1, second: 5, third: 3})
    draft = suggest(city)
    assert list(draft.items.values_list("candidacy", flat=True)) == [first, third, second]
    assert distance(draft) == (3, 3)


def test_no_suggestion_is_made_of_what_is_sealed(city: SmallCity, three: Three) -> None:
    with pytest.raises(ValidationError, match="öppnade"):
        suggest(city)


def test_a_list_that_departs_from_its_suggestion_needs_a_reason_where_it_does(
    city: SmallCity, three: Three
) -> None:
    """One was lifted to the top: one reason is asked, not one of each that stepped down."""
    first, second, third = keys(*three)
    scored(city, {first: 5, second: 4, third: 1})
    draft = suggest(city)
    save(city, [third, first, second])
    assert moved_items(draft) == [third]
    with pytest.raises(ValidationError) as refused:
        fix(city)
    assert list(refused.value.message_dict) == [f"reason-{third}"]
    save(city, [third, first, second], reasons={third: "Lagen kräver den i år."})
    fixed = fix(city)
    assert fixed.state == ListState.FIXED
    assert distance(fixed) == (2, 3)
    assert list(list_faults()) == []


def test_a_list_without_a_suggestion_asks_for_no_reasons(city: SmallCity, three: Three) -> None:
    save(city, keys(*three)[::-1])
    assert fix(city).suggestion_by == ""


@pytest.fixture
def two_lists(city: SmallCity, three: Three) -> dict[int, list[int]]:
    """Two areas' fixed lists: the one of two, the other of the third."""
    assert city.area is not None
    other = ServiceArea.objects.exclude(pk=city.area.pk).order_by("position")
    area = RoundArea.objects.select_related("service_area").get(
        round=city.round, service_area=other[0]
    )
    save(city, keys(*three))
    fix(city)
    *own, last = keys(*three)
    theirs = [last]
    # The other group's list, as it would have fixed it.
    ListItem.objects.filter(candidacy__in=theirs, list__kind=ListKind.AREA).delete()
    list_ = OrderedList.objects.create(
        round=city.round,
        kind=ListKind.AREA,
        service_area=area.service_area,
        version=9,
        state=ListState.FIXED,
    )
    ListItem.objects.bulk_create(
        ListItem(list=list_, candidacy_id=pk, place=place)
        for place, pk in enumerate(theirs, start=1)
    )
    small.finish_other_areas(city)
    for initiative in three:
        small.ask_experts(city, initiative)
    return {city.area.pk: own, area.service_area.pk: theirs}


def test_the_offices_draft_begins_with_the_merge_and_each_place_explains_itself(
    city: SmallCity, two_lists: dict[int, list[int]]
) -> None:
    order = [candidacy.pk for candidacy in mergeable(city.round)]
    assert order == [row.item for row in merged(city.round)]
    for items in two_lists.values():
        assert [pk for pk in order if pk in items] == items
    draft = services.save_proposal(round=city.round, order=order, actor=city.people["slk"])
    assert draft.suggestion_by == Suggestion.MERGE
    areas = {pk: area for area, items in two_lists.items() for pk in items}
    for item, row in zip(draft.items.order_by("place"), merged(city.round), strict=True):
        assert item.suggested_place == item.place == row.place
        assert (item.nth, item.quotient) == (row.nth, str(row.quotient))
        assert row.area == areas[item.candidacy_id]
        assert item.rival_id == row.rival
    assert draft.items.filter(rival_quotient="").count() == sum(
        row.rival is None for row in merged(city.round)
    )


def test_beside_the_merge_stands_the_order_by_score_alone(city: SmallCity, three: Three) -> None:
    first, second, third = keys(*three)
    scored(city, {first: 1, second: 5, third: 5})
    save(city, [first, second, third], reasons={first: "Lagen kräver den i år."})
    fix(city)
    told = common_order(city.round, [row.item for row in merged(city.round)])
    assert [(row.item, row.place) for row in told] == [(second, 1), (third, 1), (first, 3)]
    assert [row.item for row in merged(city.round)] == [first, second, third]


def test_the_office_moves_rows_with_a_reason(
    city: SmallCity, two_lists: dict[int, list[int]]
) -> None:
    order = [candidacy.pk for candidacy in mergeable(city.round)]
    lifted = [order[-1], *order[:-1]]
    office = city.people["slk"]
    services.save_proposal(round=city.round, order=lifted, actor=office)
    with pytest.raises(ValidationError) as refused:
        services.hand_over(round=city.round, actor=office)
    assert list(refused.value.message_dict) == [f"reason-{order[-1]}"]
    services.save_proposal(
        round=city.round, order=lifted, actor=office, reasons={order[-1]: "Avtalet går ut."}
    )
    services.hand_over(round=city.round, actor=office)
    held = newest(city.round, ListKind.CITY)
    assert held is not None
    assert list(held.items.values_list("candidacy", flat=True)) == lifted
    assert moved_items(held) == [order[-1]]
