# SPDX-License-Identifier: EUPL-1.2
"""Step two: the area's own order, fixed by its group in a meeting or by delegation (R33)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.meetings.services import Own, record_decision
from casework.organisation.models import User
from casework.planning.models import RoundArea
from casework.planning.services import lock_shares
from casework.prioritisation import events, permissions
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.selectors import admitted, in_stage, newest
from casework.prioritisation.services.lists import (
    copy_as_draft,
    draft_of,
    fix,
    group_in_sentence,
    locked_area,
    tell,
    write_order,
)
from casework.prioritisation.services.suggesting import require_reasons
from casework.process.enums import Standing
from casework.process.services import (
    Act,
    ImpossibleTransition,
    earliest_day,
    lock_processes,
    take_step,
)


@transaction.atomic
def save_order(
    *,
    area: RoundArea,
    order: Sequence[int],
    actor: User,
    reasons: Mapping[int, str] | None = None,
    edition: int | None = None,
) -> OrderedList:
    """Keep the group's order so far; it can be changed until it is fixed.

    Args:
        order: primary keys of the admitted candidacies that the person sees, first one first.
        reasons: by candidacy's primary key.
        edition: of the draft when the page was opened.

    Raises:
        PermissionDenied: the person does not sit in the area's group.
        ValidationError: the order is not what waits, somebody was first, or the list is fixed.
    """
    row = locked_area(area)
    permissions.require(permissions.may_order_area(actor, row), group_in_sentence(row))
    if row.is_fixed:
        raise ImpossibleTransition(_("Listan är redan fastställd."))
    draft = draft_of(row.round, ListKind.AREA, row.service_area)
    return write_order(
        draft, order, admitted(row), actor=actor, reasons=reasons or {}, edition=edition
    )


@transaction.atomic
def fix_ranking(*, area: RoundArea, actor: User, act: Act | None = None) -> OrderedList:
    """Fix the area's list: the group is done with its part of the round (R33, R57).

    A group without admitted initiatives fixes an empty list, so that the city is not held up.
    What is being completed does not hold the list up either: it comes back to the group, which
    opens the list again or lets it stand in a later round.

    Raises:
        PermissionDenied: the person does not decide for the group.
        ImpossibleTransition: it is fixed already, or something is still in step one.
        ValidationError: an admitted initiative has no place yet, or stands elsewhere than
            suggested without a reason.
    """
    row = locked_area(area)
    permissions.require(permissions.may_order_area(actor, row), group_in_sentence(row))
    if row.is_fixed:
        raise ImpossibleTransition(_("Listan är redan fastställd."))
    waiting = in_stage(row.round, Standing.WITH_GROUP, service_area=row.service_area).count()
    if waiting:
        raise ImpossibleTransition(
            ngettext(
                "%(count)s initiativ väntar fortfarande på den inledande bedömningen.",
                "%(count)s initiativ väntar fortfarande på den inledande bedömningen.",
                waiting,
            )
            % {"count": waiting}
        )
    candidacies = admitted(row)
    draft = draft_of(row.round, ListKind.AREA, row.service_area)
    placed = set(draft.items.values_list("candidacy", flat=True))
    if placed != {candidacy.pk for candidacy in candidacies}:
        raise ValidationError(
            _("Något initiativ har ingen plats på listan än. Spara ordningen först."),
            code="place",
        )
    require_reasons(draft, actor)
    initiatives = [candidacy.initiative for candidacy in candidacies]
    shares = lock_shares(row.round)
    lock_processes(initiatives)
    act = act or Act()
    if candidacies:
        listed = {item.candidacy_id: item for item in draft.items.all()}
        cases = [initiative.case for initiative in initiatives if initiative.case]
        assert row.group is not None  # its members hold the right that was asked for above
        days = [earliest_day(initiative.process) for initiative in initiatives]
        decisions = record_decision(
            cases=cases,
            body=row.group,
            actor=actor,
            meeting=act.meeting,
            delegation=act.delegation,
            day=act.day,
            paragraph=act.paragraph,
            lead=_("Rangordningen för %(area)s i %(round)s fastställs.")
            % {"area": row.service_area, "round": row.round},
            own={
                c.initiative.case.pk: _own(listed[c.pk]) for c in candidacies if c.initiative.case
            },
            not_before=max((day for day in days if day), default=None),
        )
        for candidacy, decision in zip(candidacies, decisions, strict=True):
            take_step(
                process=candidacy.initiative.process,
                name="rank",
                actor=actor,
                reason=listed[candidacy.pk].reason,
                decision=decision,
            )
    fix(draft, actor=actor, meeting=act.meeting)
    row.fixed_at, row.fixed_by = timezone.now(), actor
    row.save(update_fields=["fixed_at", "fixed_by"])
    tell(
        events.LIST_FIXED,
        draft,
        actor=actor,
        after={
            "order": [c.pk for c in candidacies],
            "list": str(draft),
            **({"shares_locked": shares} if shares else {}),
        },
    )
    return draft


def _own(item: ListItem) -> Own:
    """What the minutes tell of one initiative: its place, and why it stands there."""
    return Own(
        [_("Initiativets plats i rangordningen är nummer %(place)s.") % {"place": item.place}],
        item.reason,
    )


@transaction.atomic
def reopen_ranking(*, area: RoundArea, actor: User, reason: str) -> OrderedList:
    """Open a fixed list again while the city-wide proposal is not handed over; the chair's right.

    The fixed version is kept; a new one is made of it.

    Raises:
        PermissionDenied: only the group's chair opens it.
        ImpossibleTransition: it is not fixed, or the proposal is with utvecklingsrådet.
        ValidationError: the reason is missing.
    """
    row = locked_area(area)
    permissions.require(
        permissions.may_reopen_area(actor, row),
        _("ordföranden i %(body)s") % {"body": group_in_sentence(row)},
    )
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet.")})
    if not row.is_fixed:
        raise ImpossibleTransition(_("Listan är inte fastställd."))
    if in_stage(row.round, Standing.IN_PROPOSAL, Standing.RECOMMENDED).exists():
        raise ImpossibleTransition(
            _("Förslaget är överlämnat till utvecklingsrådet. Listan kan inte öppnas.")
        )
    fixed = newest(row.round, ListKind.AREA, row.service_area)
    moved = list(
        in_stage(
            row.round,
            Standing.RANKED,
            Standing.WITH_COMMITTEE,
            Standing.COMMITTEE_DONE,
            service_area=row.service_area,
        )
    )
    lock_processes([candidacy.initiative for candidacy in moved])
    for candidacy in moved:
        take_step(
            process=candidacy.initiative.process, name="reopen_list", actor=actor, reason=reason
        )
    row.fixed_at, row.fixed_by = None, None
    row.save(update_fields=["fixed_at", "fixed_by"])
    draft = (
        copy_as_draft(fixed, reason=reason.strip())
        if fixed is not None
        else draft_of(row.round, ListKind.AREA, row.service_area)
    )
    tell(events.LIST_REOPENED, draft, actor=actor, after={"list": str(draft)}, reason=reason)
    return draft
