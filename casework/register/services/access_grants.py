# SPDX-License-Identifier: EUPL-1.2
"""Who else may see a case, for a reason and for a time (OSL 5:5)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.models import AccessGrant
from casework.journal.digests import digests_of
from casework.organisation.models import Authority, Body, User
from casework.register import events
from casework.register.models import Case
from casework.register.permissions import require_look_after
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason


@transaction.atomic
def grant_access(
    *,
    case: Case,
    reason: str,
    actor: User | None,
    user: User | None = None,
    body: Body | None = None,
    role: str = "",
    authority: Authority | None = None,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> AccessGrant:
    """Let a person, a body or a role of an authority see the case, also when it is secret.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing, not exactly one is named, or the period is empty.
    """
    require_look_after(actor, case)
    require_reason(reason)
    if [bool(user), bool(body), bool(role)].count(True) != 1 or bool(role) != bool(authority):
        raise ValidationError(
            {"user": _("Välj en person, ett organ eller en roll vid en myndighet.")}, code="one"
        )
    start = valid_from or timezone.localdate()
    if valid_until and valid_until < start:
        raise ValidationError({"valid_until": _("Behörigheten slutar innan den börjar.")})
    named = {"user": user, "body": body, "role": role, "authority": authority}
    same = AccessGrant.objects.in_force(start).filter(case=case, **named, valid_until=valid_until)
    if earlier := same.first():
        return earlier
    grant = AccessGrant.objects.create(
        case=case,
        **named,
        reason=reason.strip(),
        valid_from=start,
        valid_until=valid_until,
        granted_by=actor,
        granted_at=timezone.now(),
    )
    save_change(
        case=case,
        event=events.ACCESS_GRANTED,
        actor=actor,
        after={
            "grant": grant.pk,
            "to": str(grant),
            "valid_from": str(start),
            "valid_until": str(valid_until or ""),
        },
        reason=reason,
        rows=digests_of(grant),
    )
    return grant


@transaction.atomic
def end_grant(*, grant: AccessGrant, actor: User | None, on: dt.date | None = None) -> None:
    """End a grant after the given day; without one it has ended when this returns.

    The case's audience is left as it is: who holds the grant's token is asked anew every time.
    """
    require_look_after(actor, grant.case)
    before = {"valid_until": str(grant.valid_until or "")}
    grant.valid_until = on or timezone.localdate() - dt.timedelta(days=1)
    grant.save(update_fields=["valid_until"])
    save_change(
        case=grant.case,
        event=events.GRANT_ENDED,
        obj=grant,
        actor=actor,
        before=before,
        after={"grant": grant.pk, "valid_until": str(grant.valid_until)},
        rows=digests_of(grant),
    )
