# SPDX-License-Identifier: EUPL-1.2
"""Reading the lists, with what a person may see of each row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from casework.journal.models import JournalEntry
from casework.methods.apportion import Placed
from casework.methods.compare import moved
from casework.organisation.models import ServiceArea, User
from casework.planning.models import Round, RoundArea
from casework.planning.selectors import city_frame
from casework.prioritisation import events
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import ListItem, OrderedList, Rehearsal
from casework.prioritisation.rows import RELATED, Keyed, Point, points_of, seen_by
from casework.prioritisation.suggestions import merged
from casework.process.enums import Standing
from casework.process.models import Candidacy, Step


@dataclass(frozen=True, slots=True)
class Change:
    """One saving of a list's order.

    Attributes:
        moved: what was moved: by candidacy the place it had and the place it got, counted among
            what the reader may see.
    """

    at: dt.datetime
    who: User | None
    moved: Mapping[int, tuple[int, int]]


def newest(round: Round, kind: str, service_area: ServiceArea | None = None) -> OrderedList | None:
    """The newest version of a list, draft or fixed."""
    return (
        OrderedList.objects.filter(round=round, kind=kind, service_area=service_area)
        .exclude(state=ListState.REPLACED)
        .select_related("saved_by", "fixed_by", "round__cycle", "service_area")
        .order_by("-version")
        .first()
    )


def handed_over(round: Round, kind: str = ListKind.CITY) -> list[OrderedList]:
    """The lists that hold in a round, the oldest first.

    What is ranked after a proposal was handed over gets a list of its own in the same round, and
    the council's answer to it likewise; a list that was sent back is replaced by its new version.
    """
    rows = OrderedList.objects.filter(round=round, kind=kind, state=ListState.FIXED)
    return list(rows.select_related("saved_by", "fixed_by", "round__cycle").order_by("version"))


def items_of(lists: Iterable[OrderedList]) -> dict[int, ListItem]:
    """The items of several lists by their candidacy, in the order of lists and places."""
    rows = ListItem.objects.filter(list__in=[row.pk for row in lists])
    return {item.candidacy_id: item for item in rows.order_by("list__version", "place", "pk")}


def proposal_places(round: Round) -> dict[int, int]:
    """The place of each candidacy in what was handed over, counted through its lists."""
    return {pk: place for place, pk in enumerate(items_of(handed_over(round)), start=1)}


def earlier_versions(list_: OrderedList) -> QuerySet[OrderedList]:
    """The versions before this one, the newest first: "ändrat sedan sist"."""
    return OrderedList.objects.filter(
        round=list_.round_id,
        kind=list_.kind,
        service_area=list_.service_area_id,
        version__lt=list_.version,
    ).order_by("-version")


def versions_of(
    round: Round, *kinds: str, service_area: ServiceArea | None = None
) -> list[OrderedList]:
    """Every version of some lists, the newest first, with who fixed it and why it was made."""
    rows = OrderedList.objects.filter(round=round, kind__in=kinds, service_area=service_area)
    rows = rows.select_related("fixed_by", "saved_by", "round__cycle", "service_area")
    return list(rows.order_by("-version"))


def places_on(list_: OrderedList | None, shown: Collection[int]) -> dict[int, int]:
    """The places of some candidacies on a list, counted among them alone."""
    if list_ is None:
        return {}
    return _places([item.candidacy_id for item in list_.items.all()], shown)


def changes_of(list_: OrderedList, shown: Collection[int], *, most: int = 50) -> list[Change]:
    """Who saved a list's order and what each moved, the newest first: "ändrat sedan sist".

    Savings that moved nothing (reasons were written) and the first, which moved nothing from
    anywhere, are left out.

    Args:
        shown: the candidacies that the reader may see; of others nothing is told.
        most: so many of the newest savings are looked at.
    """
    entries = JournalEntry.objects.filter(subject=list_.subject, action=events.ORDER_SAVED.key)
    found = []
    for entry in entries.select_related("actor").order_by("-at", "-pk")[:most]:
        was = _places(entry.before.get("order", []), shown)
        now = _places(entry.after.get("order", []), shown)
        gone = moved([pk for pk in now if pk in was], was)
        if gone:
            changes = {pk: (was[pk], now[pk]) for pk in gone}
            found.append(Change(entry.at, entry.actor, changes))
    return found


def _places(order: Iterable[int], shown: Collection[int]) -> dict[int, int]:
    return {pk: place for place, pk in enumerate((pk for pk in order if pk in shown), start=1)}


def in_stage(
    round: Round, *stages: str, service_area: ServiceArea | None = None
) -> QuerySet[Candidacy]:
    """The candidacies of a round in some stages, of one area or of all."""
    found = Candidacy.objects.filter(round=round, stage__in=stages).select_related(*RELATED)
    if service_area is not None:
        found = found.filter(initiative__service_area=service_area)
    return found.order_by("admitted_at", "pk")


def admitted(area: RoundArea) -> list[Candidacy]:
    """What step two orders: in the order of the draft, the rest after it (R33)."""
    found = list(in_stage(area.round, Standing.ADMITTED, service_area=area.service_area))
    draft = newest(area.round, ListKind.AREA, area.service_area)
    return in_order_of(found, draft)


def group_order(area: RoundArea, user: User) -> list[int]:
    """The candidacies that step two orders and the person sees, in the group's order."""
    found = in_stage(area.round, Standing.ADMITTED, service_area=area.service_area)
    draft = newest(area.round, ListKind.AREA, area.service_area)
    return seen_by(user, in_order_of(points_of(found), draft))


def rehearsals_of(area: RoundArea, user: User) -> list[Rehearsal]:
    """The person's own copies of an area's list, the newest first; nobody else's."""
    return list(Rehearsal.objects.filter(area=area, person=user))


def rehearsed_order(rehearsal: Rehearsal, group: Sequence[int]) -> list[int]:
    """A copy's order of what waits now: what has left is left out, what has come stands last.

    Args:
        group: as :func:`group_order` of the copy's owner.
    """
    waits = set(group)
    kept = [pk for pk in rehearsal.order if pk in waits]
    return [*kept, *(pk for pk in group if pk not in set(kept))]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the city-wide proposal waits with.

    Attributes:
        ready: what it orders: ranked ones, e-services when the committee is done.
        with_committee: how many e-services the committee still has.
        without_opinion: the ranked e-services that it has not given its opinion on, by candidacy;
            those of what is ready of which ``conditions.committee_passed`` says no.
    """

    ready: list[Point]
    with_committee: int
    without_opinion: frozenset[int]


def waiting_for_proposal(
    round: Round,
    *,
    merge: Sequence[Placed[int, int]] | None = None,
    draft: OrderedList | None = None,
) -> Waiting:
    """What waits, in the order of the office's draft; what is not in it yet where the merge says.

    Args:
        merge, draft: the merge and the newest list, where the caller has read both already.
    """
    if merge is None:
        merge, draft = merged(round), newest(round, ListKind.CITY)
    stages = (Standing.RANKED, Standing.COMMITTEE_DONE, Standing.WITH_COMMITTEE)
    points = points_of(Candidacy.objects.filter(round=round, stage__in=stages))
    found = [point for point in points if point.stage != Standing.WITH_COMMITTEE]
    places = {row.item: row.place for row in merge}
    found.sort(key=lambda point: (places.get(point.pk, 9_999), point.pk))
    return Waiting(
        in_order_of(found, draft), len(points) - len(found), _without_opinion(round, found)
    )


def _without_opinion(round: Round, points: Iterable[Point]) -> frozenset[int]:
    """The ranked e-services that the committee has given no opinion on in the round (R42)."""
    found = {p.pk for p in points if p.is_eservice and p.stage == Standing.RANKED}
    if not found:
        return frozenset()
    steps = Step.objects.filter(candidacy__round=round, transition="give_committee_opinion")
    return frozenset(found.difference(steps.order_by().values_list("candidacy", flat=True)))


def mergeable(round: Round) -> list[Candidacy]:
    """What the city-wide proposal orders, as :func:`waiting_for_proposal`."""
    points = waiting_for_proposal(round).ready
    rows = Candidacy.objects.filter(pk__in=[point.pk for point in points])
    found = {row.pk: row for row in rows.select_related(*RELATED)}
    for row in found.values():
        row.round = round  # with what of it is read already
    return [found[point.pk] for point in points]


def area_places(round: Round) -> dict[int, int]:
    """The place of each candidacy on its area's fixed list."""
    return dict(
        ListItem.objects.filter(
            list__round=round, list__kind=ListKind.AREA, list__state=ListState.FIXED
        ).values_list("candidacy", "place")
    )


def in_order_of(found: list[Keyed], draft: OrderedList | None) -> list[Keyed]:
    """Candidacies, or their points, in a draft's order; what it does not know yet comes last."""
    if draft is None:
        return found
    place = {item.candidacy_id: item.place for item in draft.items.all()}
    return sorted(found, key=lambda each: place.get(each.pk, len(place) + 9_999))


def reasons_of(list_: OrderedList | None) -> dict[int, str]:
    """The reasons of a list by candidacy."""
    return dict(list_.items.values_list("candidacy", "reason")) if list_ else {}


def frame_of(round: Round, proposal: OrderedList | None) -> int | None:
    """The money of the round: the proposal's own once it is fixed, else the planned frame."""
    if proposal is not None and not proposal.is_draft:
        return proposal.frame_tkr
    return city_frame(round)


def areas_of(round: Round) -> list[RoundArea]:
    """The round's areas in their fixed order, read once with what sentences of them need."""
    rows = RoundArea.objects.select_related("service_area", "fixed_by")
    prefetch_related_objects([round], Prefetch("areas", rows))
    return list(round.areas.all())


def areas_not_done(round: Round) -> list[RoundArea]:
    """The areas whose list is not fixed yet (R34)."""
    return [area for area in areas_of(round) if not area.is_fixed]


def history_of_places(candidacy: Candidacy) -> QuerySet[ListItem]:
    """Every place that an initiative has had in a round, oldest list first."""
    return ListItem.objects.filter(candidacy=candidacy).select_related("list").order_by("list")
