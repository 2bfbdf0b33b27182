# SPDX-License-Identifier: EUPL-1.2
"""What all lists share: a draft in the database that several people work on at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of, gone
from casework.journal.events import EventType
from casework.journal.services import log
from casework.meetings.models import Meeting
from casework.organisation.models import ServiceArea, User
from casework.planning.models import Round, RoundArea
from casework.prioritisation import events
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.suggestions import SUGGESTED_FIELDS, Suggested
from casework.process.models import Candidacy
from casework.register.models import Case


class ChangedMeanwhile(ValidationError):
    """Somebody else saved the list since the page was opened; the message says who and when."""


def draft_of(round: Round, kind: str, service_area: ServiceArea | None = None) -> OrderedList:
    """The draft of a list, locked; made when there is none.

    Call it in a transaction.
    """
    rows = OrderedList.objects.filter(round=round, kind=kind, service_area=service_area)
    draft = rows.select_for_update(of=("self",)).filter(state=ListState.DRAFT).first()
    if draft is not None:
        return draft
    version = (rows.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    return OrderedList.objects.create(
        round=round, kind=kind, service_area=service_area, version=version
    )


def locked_area(area: RoundArea) -> RoundArea:
    """An area's part in its round, locked, with what sentences about it need."""
    return (
        RoundArea.objects.select_for_update(of=("self",))
        .select_related("round__cycle", "service_area", "group__service_area")
        .get(pk=area.pk)
    )


def group_in_sentence(area: RoundArea) -> str:
    """The area's group as it stands in a running sentence."""
    return area.group.in_sentence() if area.group else _("områdets grupp")


def write_order(
    list_: OrderedList,
    wanted: Sequence[int],
    expected: Sequence[Candidacy],
    *,
    actor: User,
    reasons: Mapping[int, str],
    edition: int | None = None,
    suggested: Mapping[int, Suggested] | None = None,
) -> OrderedList:
    """Write a draft's order, in place, with who and when.

    What the person may not see keeps its place among the others, and its reason: it is not in
    ``wanted`` and is put back where it stood.

    Args:
        wanted: primary keys of the candidacies that the person sees, first one first.
        expected: everything that the list orders, in its present order.
        edition: of the draft when the page was opened; a later one refuses (nobody is overrun).
        suggested: what to keep beside the places; as it was unless told.

    Raises:
        ChangedMeanwhile: somebody else saved it since.
        ValidationError: a candidacy is missing, foreign or named twice.
    """
    if edition is not None and edition != list_.edition and list_.saved_by_id != actor.pk:
        saved_at = timezone.localtime(list_.saved_at) if list_.saved_at else timezone.localtime()
        raise ChangedMeanwhile(
            _(
                "%(who)s ändrade ordningen kl. %(time)s, efter att du öppnade sidan. Din ordning "
                "är inte sparad. Läs igenom och ordna igen."
            )
            % {"who": list_.saved_by, "time": saved_at.strftime("%H.%M")},
            code="changed",
        )
    order, seen = _with_hidden(wanted, expected, actor), set(wanted)
    before = list(list_.items.order_by("place").values_list("candidacy", flat=True))
    known = {item.candidacy_id: item for item in list_.items.all()}
    changed, new = [], []
    for place, candidacy in enumerate(order, start=1):
        item = known.pop(candidacy, None)
        if item is None:
            item = ListItem(list=list_, candidacy_id=candidacy, place=place)
            new.append(item)
        else:
            changed.append(item)
        item.place = place
        if candidacy in reasons and candidacy in seen:
            item.reason = reasons[candidacy].strip()
        if suggested is not None:
            suggested.get(candidacy, Suggested(None)).note_on(item)
    ListItem.objects.bulk_create(new)
    ListItem.objects.bulk_update(changed, ["place", "reason", *SUGGESTED_FIELDS])
    removed = [item.pk for item in known.values()]
    ListItem.objects.filter(pk__in=removed).delete()
    list_.edition += 1
    list_.saved_at, list_.saved_by = timezone.now(), actor
    list_.save(update_fields=["edition", "saved_at", "saved_by", "suggestion_by"])
    tell(
        events.ORDER_SAVED,
        list_,
        actor=actor,
        before={"order": before},
        after={"order": order, "list": str(list_)},
        removed=removed,
    )
    return list_


def tell(
    event: EventType,
    list_: OrderedList,
    *,
    actor: User,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    reason: str = "",
    removed: Sequence[int] = (),
) -> None:
    """Journal an event of a list, with what the list and its places hold after it."""
    log(
        event,
        list_,
        actor=actor,
        before=before,
        after=after,
        reason=reason,
        rows={**gone(ListItem, removed), **digests_of(list_, *list_.items.all())},
    )


def _with_hidden(wanted: Sequence[int], expected: Sequence[Candidacy], actor: User) -> list[int]:
    """The whole order: the wanted one, with what the person may not see where it stood."""
    seen = set(
        Case.objects.visible_to(actor)
        .filter(pk__in=[c.initiative.case_id for c in expected])
        .values_list("pk", flat=True)
    )
    visible = {c.pk for c in expected if c.initiative.case_id in seen}
    if len(wanted) != len(set(wanted)) or set(wanted) != visible:
        raise ValidationError(
            _("Listan stämmer inte längre med de initiativ som väntar. Ladda om och ordna igen."),
            code="order",
        )
    rest = iter(wanted)
    return [next(rest) if c.pk in visible else c.pk for c in expected]


def fix(list_: OrderedList, *, actor: User, meeting: Meeting | None = None) -> OrderedList:
    """Make a draft the list that holds; what it takes the place of is kept as replaced.

    An area has one list. Of the city's and the council's a new one takes the place of those that
    order the same initiatives; one with others, ranked later in the round, stands beside them.
    """
    held = OrderedList.objects.filter(
        round=list_.round_id,
        kind=list_.kind,
        service_area=list_.service_area_id,
        state=ListState.FIXED,
    )
    if list_.kind != ListKind.AREA:
        own = list_.items.values("candidacy")
        held = held.filter(pk__in=ListItem.objects.filter(candidacy__in=own).values("list"))
    for replaced in held:
        replaced.state = ListState.REPLACED
        replaced.save(update_fields=["state"])
        after = {"list": str(replaced), "version": list_.version}
        tell(events.LIST_REPLACED, replaced, actor=actor, after=after)
    list_.state = ListState.FIXED
    list_.fixed_at, list_.fixed_by = timezone.now(), actor
    list_.meeting = meeting
    list_.save()
    return list_


def copy_as_draft(list_: OrderedList, *, reason: str) -> OrderedList:
    """A new version to work on, with the same order and reasons.

    A draft of what was ranked later takes it in, first: there is one draft at a time.
    """
    copy = draft_of(list_.round, list_.kind, list_.service_area)
    copy.frame_tkr, copy.reason = list_.frame_tkr, reason
    copy.suggestion_by = list_.suggestion_by
    copy.contradicted, copy.judgements = list_.contradicted, list_.judgements
    copy.save(update_fields=["frame_tkr", "reason", "suggestion_by", "contradicted", "judgements"])
    later = list(copy.items.order_by("place"))
    taken = list(list_.items.order_by("place"))
    for place, item in enumerate(later, start=len(taken) + 1):
        item.place = place
    ListItem.objects.bulk_update(later, ["place"])
    ListItem.objects.bulk_create(
        ListItem(
            list=copy,
            candidacy_id=item.candidacy_id,
            place=place,
            reason=item.reason,
            **{field: getattr(item, field) for field in SUGGESTED_FIELDS},
        )
        for place, item in enumerate(taken, start=1)
    )
    return copy
