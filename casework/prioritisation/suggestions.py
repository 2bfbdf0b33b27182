# SPDX-License-Identifier: EUPL-1.2
"""What is suggested for a list, before persons order it: the group's and the city's (R33, R34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from casework.assessment.selectors import criteria_of, rankings_of, values_in, values_of
from casework.methods.apportion import Placed, merge
from casework.methods.compare import moved, turned_pairs
from casework.methods.kemeny import consensus
from casework.methods.scores import Ranked, rank, total
from casework.planning.enums import SuggestionBy
from casework.planning.models import Criterion, Round, RoundArea
from casework.prioritisation.enums import ListKind, ListState, Suggestion
from casework.prioritisation.models import ListItem, OrderedList
from casework.process.enums import Standing

SUGGESTED_FIELDS = ("suggested_place", "nth", "quotient", "rival_id", "rival_quotient")
"""What a place on a list keeps of its suggestion."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested for one place: the fields of a list's item.

    Attributes:
        place: None when nothing is suggested.
        nth: which of its area's items it is, in the city's list.
        quotient: its area's number, an exact fraction.
        rival: the service area that came nearest, with its number.
    """

    place: int | None
    nth: int | None = None
    quotient: str = ""
    rival: int | None = None
    rival_quotient: str = ""

    @classmethod
    def kept(cls, item: ListItem) -> Suggested:
        """What was written on an item."""
        return cls(
            item.suggested_place, item.nth, item.quotient, item.rival_id, item.rival_quotient
        )

    def note_on(self, item: ListItem) -> None:
        """Write it on an item, which is saved by the caller."""
        item.suggested_place, item.nth, item.quotient = self.place, self.nth, self.quotient
        item.rival_id, item.rival_quotient = self.rival, self.rival_quotient


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """A group's suggested order.

    Attributes:
        places: by candidacy; several may share one.
        contradicted, judgements: of the members' own orders, the certificate; None for scores.
    """

    by: Suggestion
    places: dict[int, int]
    contradicted: int | None = None
    judgements: int | None = None


def group_order(area: RoundArea, waiting: Sequence[int]) -> GroupOrder:
    """The order that the group's opened judgements suggest.

    Args:
        waiting: the admitted candidacies, the longest admitted first, which decides between orders
            that are as good. What nobody has judged has no suggested place.
    """
    if area.suggestion_by == SuggestionBy.RANKINGS:
        rankings = rankings_of(area)
        judged = set().union(*rankings)
        found = consensus([pk for pk in waiting if pk in judged], rankings)
        return GroupOrder(Suggestion.RANKINGS, found.place_of, found.contradicted, found.judgements)
    weights = {criterion.pk: criterion.weight for criterion in criteria_of(area)}
    values = values_of(area)
    scores = {pk: total(values[pk], weights).score for pk in waiting if pk in values}
    known = {pk: score for pk, score in scores.items() if score is not None}
    return GroupOrder(Suggestion.SCORES, {row.item: row.place for row in rank(known)})


def merged(round: Round) -> Sequence[Placed[int, int]]:
    """The areas' fixed lists as one, of what still waits for the city's proposal (R34).

    By uddatalsmetoden with the shares that the round fixed; areas are told by the key of their
    service area, items by that of their candidacy. The last merges are remembered: many read what
    few change.
    """
    shares = {area.service_area_id: area.share for area in round.areas.all()}  # in fixed order
    lists: dict[int, list[int]] = {area: [] for area in shares}
    fixed = ListItem.objects.filter(
        list__round=round,
        list__kind=ListKind.AREA,
        list__state=ListState.FIXED,
        candidacy__stage__in=[Standing.RANKED, Standing.COMMITTEE_DONE],
    )
    for area, candidacy in fixed.order_by("place", "pk").values_list(
        "list__service_area", "candidacy"
    ):
        lists[area].append(candidacy)
    told = tuple((area, shares[area], tuple(items)) for area, items in lists.items())
    return _merged(told, round.first_divisor)


@lru_cache(maxsize=8)
def _merged(
    areas: tuple[tuple[int, int, tuple[int, ...]], ...], first: Fraction
) -> tuple[Placed[int, int], ...]:
    lists = {area: items for area, _share, items in areas}
    shares = {area: share for area, share, _items in areas}
    return tuple(merge(lists, shares, list(shares), first=first))


def merge_suggestion(
    round: Round, merge: Sequence[Placed[int, int]] | None = None
) -> dict[int, Suggested]:
    """What the merge says of each candidacy's place.

    Args:
        merge: where the caller has made it already.
    """
    return {
        row.item: Suggested(
            row.place,
            row.nth,
            str(row.quotient),
            row.rival,
            "" if row.rival_quotient is None else str(row.rival_quotient),
        )
        for row in (merged(round) if merge is None else merge)
    }


def common_order(round: Round, candidacies: Iterable[int]) -> list[Ranked[int]]:
    """What stands in the city's proposal by its score alone, whatever its area.

    To read beside the merge: the same scales are used by all, but not by the same members. What
    has no score comes last; nothing has a place where nothing has a score.
    """
    values = values_in(round)
    if not values:
        return []
    weights = {
        criterion.pk: criterion.weight
        for criterion in Criterion.objects.filter(version=round.criteria_version_id)
    }
    return rank({pk: total(values.get(pk, {}), weights).score for pk in candidacies})


def places_of(list_: OrderedList) -> tuple[list[int], dict[int, int]]:
    """A list's order, and the suggested places of what has one."""
    rows = list(list_.items.order_by("place").values_list("candidacy", "suggested_place"))
    return [pk for pk, _place in rows], {pk: place for pk, place in rows if place is not None}


def distance(list_: OrderedList) -> tuple[int, int]:
    """In how many pairs a list departs from its suggestion, and of how many."""
    order, suggested = places_of(list_)
    return turned_pairs(order, suggested), len(suggested) * (len(suggested) - 1) // 2


def moved_items(list_: OrderedList) -> list[int]:
    """The candidacies that were moved from their suggested places: the fewest that explain it."""
    return moved(*places_of(list_))


def unexplained(list_: OrderedList) -> list[int]:
    """The moved ones that no reason explains.

    A reason on either of two that changed places explains both: what has no reason must stand,
    among itself, as suggested.
    """
    reasoned = set(list_.items.exclude(reason="").values_list("candidacy", flat=True))
    order, suggested = places_of(list_)
    return moved([pk for pk in order if pk not in reasoned], suggested)
