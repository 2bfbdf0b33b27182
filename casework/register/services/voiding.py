# SPDX-License-Identifier: EUPL-1.2
"""Cases that should not have been: voided, or merged into the one that was there already."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import lock_chain
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import AmendmentKind, Outcome
from casework.register.models import Amendment, Case, CaseNumber
from casework.register.obstacles import require_free
from casework.register.permissions import require_registrar
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason
from casework.register.services.registration import set_followers
from casework.register.signals import merged


@transaction.atomic
def void_case(*, case: Case, reason: str, actor: User) -> Amendment:
    """Void (makulera) a case: it stays in the diary, leaves the web diary, keeps its number.

    Raises:
        PermissionDenied: the person is not the registrar of the case's authority.
        ValidationError: the reason is missing, it is void or merged already, or its initiative
            stands in a round.
    """
    require_registrar(actor, case)
    require_reason(reason)
    _require_live(case)
    case.voided_at = timezone.now()
    case.is_published = False
    amendment = Amendment.objects.create(
        entry=case.entry,
        kind=AmendmentKind.VOID,
        reason=reason.strip(),
        at=case.voided_at,
        by=actor,
    )
    save_change(
        case=case,
        actor=actor,
        event=events.CASE_VOIDED,
        fields=["voided_at", "is_published"],
        after={"dnr": case.dnr},
        reason=reason,
        rows=digests_of(amendment),
    )
    return amendment


@transaction.atomic
def merge_cases(*, case: Case, into: Case, reason: str, actor: User | None) -> None:
    """Close a case that is the same matter as another; its numbers are found under that one too.

    Records and grants stay where they are. Those who follow either of them follow the other from
    now on. What was registered under two numbers is answered under one (R67).

    Raises:
        PermissionDenied: the person is not the registrar of both authorities.
        ValidationError: the reason is missing, it is one and the same case, either is void or
            merged already, or the initiative stands in a round.
    """
    require_registrar(actor, case)
    require_registrar(actor, into)
    require_reason(reason)
    if case.pk == into.pk:
        raise ValidationError({"number": _("Ett ärende förs inte samman med sig självt.")})
    # Both chains and then both cases, each pair in one order, so that two merges never wait for
    # each other (docs/mechanisms/locking.md).
    for chain in sorted({case.chain, into.chain}):
        lock_chain(chain)
    _require_live(into, field="number")
    _require_live(case)
    case.merged_into = into
    case.outcome = Outcome.MERGED
    case.closed_at = case.closed_at or timezone.now()
    save_change(
        case=case,
        actor=actor,
        event=events.MERGED,
        fields=["merged_into", "outcome", "closed_at"],
        after={"into_number": into.dnr},
        reason=reason,
    )
    held = list(into.numbers.order_by("pk").values_list("display", flat=True))
    numbers = [
        CaseNumber(case=into, display=row.display, key=row.key, loose_key=row.loose_key)
        for row in case.numbers.order_by("pk")
        if row.display not in held
    ]
    CaseNumber.objects.bulk_create(numbers)
    save_change(
        case=into,
        actor=actor,
        event=events.MERGED_HERE,
        before={"numbers": held},
        after={"number": case.dnr, "numbers": [*held, *(row.display for row in numbers)]},
        reason=reason,
        rows=digests_of(*numbers),
    )
    users = User.objects.filter(
        pk__in=[
            *case.followers.values_list("user", flat=True),
            *into.followers.values_list("user", flat=True),
        ]
    )
    set_followers(case=into, users=users, actor=actor)
    merged.send(sender=Case, case=case, into=into, actor=actor)


def _require_live(case: Case, field: str = "__all__") -> None:
    """Raises ValidationError when the case is void or merged, or goes on in another room."""
    stored = Case.objects.select_related("merged_into").get(pk=case.pk)
    if stored.is_void:
        raise ValidationError(
            {field: _("%(dnr)s är makulerat.") % {"dnr": stored.dnr}}, code="void"
        )
    if stored.merged_into is not None:
        raise ValidationError(
            {
                field: _("%(dnr)s är sammanfört med %(into)s.")
                % {"dnr": stored.dnr, "into": stored.merged_into.dnr}
            },
            code="merged",
        )
    if field == "__all__":
        require_free(stored)
