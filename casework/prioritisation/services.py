# SPDX-License-Identifier: EUPL-1.2
"""The ordered lists: the area's, then the city's. Persons order; no list decides by itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment, ServiceArea, User
from casework.prioritisation import events
from casework.prioritisation.models import Proposal, ProposalItem, RankedItem
from casework.process.enums import Stage
from casework.process.models import Cycle, GroupRound
from casework.process.services import hand_to_committee, merge, missing_for, rank
from casework.process.services.core import ImpossibleTransition, lock_processes

IN_STEP_ONE = (
    Stage.REGISTERED,
    Stage.IN_PREPARATION,
    Stage.WITH_GROUP,
    Stage.COMPLETION,
)


def group_appointment(area: ServiceArea, user: User) -> Appointment | None:
    """The person's seat in the area's group today, if any."""
    return (
        Appointment.objects.in_force()
        .filter(
            user=user,
            role__in=[Role.GROUP_MEMBER, Role.GROUP_CHAIR],
            body__service_area=area,
        )
        .select_related("body")
        .first()
    )


def admitted(round_: GroupRound) -> QuerySet[Initiative]:
    """The initiatives that step two orders: admitted, in this area and cycle."""
    return (
        Initiative.objects.filter(
            service_area=round_.service_area,
            process__cycle=round_.cycle,
            process__stage=Stage.ADMITTED,
        )
        .select_related("case", "process", "administration")
        .order_by("ranked_item__position", "process__admitted_at", "pk")
    )


@transaction.atomic
def save_order(
    round_: GroupRound,
    order: Sequence[Initiative],
    *,
    actor: User,
    reasons: dict[int, str] | None = None,
) -> None:
    """Keep the group's order so far; it can be changed until it is fixed.

    Args:
        order: all admitted initiatives of the area, first one first.
        reasons: by initiative's primary key.

    Raises:
        PermissionDenied: the person does not sit in the area's group.
        ValidationError: an initiative is missing, foreign or named twice, or the list is fixed.
    """
    round_ = GroupRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    _require_seat(round_, actor)
    if round_.done_at:
        raise ImpossibleTransition(_("Listan är redan fastställd."))
    _check_same(order, admitted(round_))
    RankedItem.objects.filter(round=round_).delete()
    RankedItem.objects.bulk_create(
        RankedItem(
            round=round_,
            initiative=initiative,
            position=position,
            reason=(reasons or {}).get(initiative.pk, "").strip(),
        )
        for position, initiative in enumerate(order, start=1)
    )
    log(
        events.ORDER_SAVED,
        round_,
        actor=actor,
        after={"order": [initiative.pk for initiative in order]},
    )


@transaction.atomic
def fix_ranking(round_: GroupRound, *, actor: User) -> GroupRound:
    """Fix the area's list: the group is done with its part of the cycle (R33, R57).

    A group without admitted initiatives fixes an empty list, so that the city is not held up.

    Raises:
        PermissionDenied: the person does not sit in the area's group.
        ImpossibleTransition: it is fixed already, or something is still in step one.
        ValidationError: an admitted initiative has no place yet.
    """
    round_ = GroupRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    _require_seat(round_, actor)
    if round_.done_at:
        raise ImpossibleTransition(_("Listan är redan fastställd."))
    waiting = Initiative.objects.filter(
        service_area=round_.service_area,
        process__cycle=round_.cycle,
        process__stage=Stage.WITH_GROUP,
    ).count()
    if waiting:
        raise ImpossibleTransition(
            _("%(count)s initiativ väntar fortfarande på den inledande bedömningen.")
            % {"count": waiting}
        )
    items = list(
        RankedItem.objects.filter(round=round_).select_related("initiative__process", "initiative")
    )
    _check_same([item.initiative for item in items], admitted(round_))
    lock_processes([item.initiative for item in items])
    for item in items:
        rank(
            item.initiative,
            actor=actor,
            reason=item.reason or _("Plats %(position)s.") % {"position": item.position},
        )
    round_.done_at = timezone.now()
    round_.done_by = actor
    round_.save(update_fields=["done_at", "done_by"])
    log(
        events.RANKING_FIXED,
        round_,
        actor=actor,
        after={"order": [item.initiative_id for item in items]},
    )
    return round_


@transaction.atomic
def reopen_ranking(round_: GroupRound, *, actor: User, reason: str) -> GroupRound:
    """Open an area's fixed, empty list again while the city-wide proposal is not made.

    Raises:
        PermissionDenied: only the executive office opens it.
        ImpossibleTransition: the list already led on.
    """
    require_office(actor)
    round_ = GroupRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if round_.cycle.merged_at or round_.items.exists():
        raise ImpossibleTransition(_("Listan har redan gått vidare och kan inte öppnas."))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet.")})
    round_.done_at = None
    round_.done_by = None
    round_.save(update_fields=["done_at", "done_by"])
    log(events.RANKING_REOPENED, round_, actor=actor, reason=reason)
    return round_


def mergeable(cycle: Cycle) -> QuerySet[Initiative]:
    """What the city-wide proposal orders: ranked ones, e-services when the committee is done."""
    return (
        Initiative.objects.filter(
            process__cycle=cycle, process__stage__in=[Stage.RANKED, Stage.COMMITTEE_DONE]
        )
        .select_related("case", "process__cycle", "service_area", "ranked_item")
        .order_by("ranked_item__position", "service_area__position", "pk")
    )


def what_is_missing(cycle: Cycle) -> list[str]:
    """Why the proposal cannot be made yet, each reason once (R24, R34, R42)."""
    found: dict[str, None] = {}
    areas = cycle.rounds.filter(done_at=None).select_related("service_area")
    for initiative in mergeable(cycle):
        for sentence in missing_for(initiative.process, "merge"):
            found[sentence] = None
    if areas:
        names = ", ".join(str(round_.service_area) for round_ in areas)
        found[_("Ännu inte klara: %(names)s.") % {"names": names}] = None
    with_committee = Initiative.objects.filter(
        process__cycle=cycle, process__stage=Stage.WITH_COMMITTEE
    ).count()
    if with_committee:
        found[
            ngettext(
                "%(count)s e-tjänst är fortfarande hos utskottet.",
                "%(count)s e-tjänster är fortfarande hos utskottet.",
                with_committee,
            )
            % {"count": with_committee}
        ] = None
    return list(found)


@transaction.atomic
def make_proposal(
    cycle: Cycle,
    order: Sequence[Initiative],
    *,
    actor: User,
    frame_tkr: int | None = None,
    reasons: dict[int, str] | None = None,
) -> Proposal:
    """Merge the areas' lists into one and hand it to utvecklingsrådet (R34, R35), all or nothing.

    Raises:
        PermissionDenied: only the executive office merges.
        ImpossibleTransition: a group is not done, an expertise is missing, an e-service has not
            passed the committee, or the proposal was made already.
        ValidationError: the order is not exactly the mergeable initiatives.
    """
    require_office(actor)
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.merged_at:
        raise ImpossibleTransition(_("Förslaget är redan överlämnat till utvecklingsrådet."))
    missing = what_is_missing(cycle)
    if missing:
        raise ImpossibleTransition(missing)
    if not order:
        raise ValidationError(_("Det finns inga rangordnade initiativ att ta in i förslaget."))
    _check_same(order, mergeable(cycle))
    lock_processes(order)
    now = timezone.now()
    proposal = Proposal.objects.create(
        cycle=cycle, frame_tkr=frame_tkr, handed_over_at=now, handed_over_by=actor
    )
    for position, initiative in enumerate(order, start=1):
        reason = (reasons or {}).get(initiative.pk, "").strip()
        ProposalItem.objects.create(
            proposal=proposal, initiative=initiative, position=position, reason=reason
        )
        merge(
            initiative,
            actor=actor,
            reason=reason or _("Plats %(position)s i staden.") % {"position": position},
        )
    cycle.merged_at = now
    cycle.save(update_fields=["merged_at"])
    log(
        events.PROPOSAL_MADE,
        proposal,
        actor=actor,
        after={"order": [initiative.pk for initiative in order], "frame_tkr": frame_tkr},
    )
    return proposal


@transaction.atomic
def hand_eservices_to_committee(cycle: Cycle, *, actor: User) -> int:
    """Send every ranked e-service of the cycle to the committee (R42); returns how many."""
    waiting = Initiative.objects.filter(
        process__cycle=cycle, process__stage=Stage.RANKED, is_eservice=True
    ).select_related("process")
    lock_processes(waiting)
    for initiative in waiting:
        hand_to_committee(initiative, actor=actor)
    return len(waiting)


def require_office(actor: User) -> None:
    """Raises PermissionDenied unless the person works at stadsledningskontoret (R22)."""
    seat = Appointment.objects.in_force().filter(
        user=actor, role=Role.EXECUTIVE_OFFICE, body__kind=BodyKind.EXECUTIVE_OFFICE
    )
    if not seat.exists():
        raise PermissionDenied(_("Det får bara stadsledningskontoret göra."))


def _require_seat(round_: GroupRound, actor: User) -> None:
    if group_appointment(round_.service_area, actor) is None:
        raise PermissionDenied(
            _("Det får bara tjänsteområdesgruppen för %(area)s göra.")
            % {"area": round_.service_area}
        )


def _check_same(order: Sequence[Initiative], expected: QuerySet[Initiative]) -> None:
    chosen = [initiative.pk for initiative in order]
    if len(chosen) != len(set(chosen)) or set(chosen) != set(expected.values_list("pk", flat=True)):
        raise ValidationError(
            _("Listan stämmer inte längre med de initiativ som väntar. Ladda om och ordna igen."),
            code="order",
        )
