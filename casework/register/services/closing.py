# SPDX-License-Identifier: EUPL-1.2
"""The end of a case, and its opening again; a person does both."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.organisation.models import User
from casework.register import events
from casework.register.enums import Outcome
from casework.register.models import Case
from casework.register.permissions import require_look_after, require_registrar
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason


@transaction.atomic
def close_case(*, case: Case, outcome: str, decided_on: dt.date | None, actor: User | None) -> None:
    """Close the case with an outcome. One statement, whatever the size of the case.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the outcome is none of the codes.
    """
    require_look_after(actor, case)
    if outcome and outcome not in Outcome.values:
        raise ValidationError({"outcome": _("Välj ett utfall ur listan.")}, code="outcome")
    case.outcome = outcome
    case.decided_on = decided_on
    case.closed_at = timezone.now()
    save_change(
        case=case,
        actor=actor,
        event=events.CLOSED,
        fields=["outcome", "decided_on", "closed_at"],
    )


@transaction.atomic
def reopen_case(*, case: Case, reason: str, actor: User | None) -> None:
    """Open a closed case again, with a reason.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing.
    """
    require_registrar(actor, case)
    require_reason(reason)
    case.closed_at = None
    save_change(
        case=case, actor=actor, event=events.REOPENED, fields=["closed_at"], reason=reason
    )
