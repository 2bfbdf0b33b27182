# SPDX-License-Identifier: EUPL-1.2
"""Who looks after a case."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User
from casework.register import events
from casework.register.models import Case
from casework.register.permissions import require_look_after
from casework.register.services.changes import save_change


@transaction.atomic
def assign_officer(*, case: Case, officer: User, actor: User | None) -> None:
    """Give the case to an officer of its authority.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the person is not an officer there.
    """
    require_look_after(actor, case)
    may = Appointment.objects.in_force().filter(
        user=officer, role=Role.OFFICER, authority=case.authority
    )
    if not may.exists():
        raise ValidationError(
            {"officer": _("Personen är inte handläggare hos myndigheten.")}, code="officer"
        )
    case.officer = officer
    save_change(
        case=case,
        actor=actor,
        event=events.OFFICER_ASSIGNED,
        fields=["officer"],
        after={"name": str(officer)},
    )
