# SPDX-License-Identifier: EUPL-1.2
"""What is marked secret by a provision of the secrecy act (OSL 5:5)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, Record
from casework.register.permissions import require_look_after, require_registrar
from casework.register.services.corrections import require_reason
from casework.register.services.projections import save_change


@transaction.atomic
def mark_secret(*, case: Case, provision: str, actor: User | None, reason: str = "") -> None:
    """Mark a case secret by a provision (OSL 5:5). It is taken out of the web diary at once.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the provision is missing.
    """
    require_look_after(actor, case)
    if not provision.strip():
        raise ValidationError({"provision": _("Ange bestämmelsen, till exempel OSL 18:8.")})
    before = {"provision": case.secrecy_provision, "published": case.is_published}
    case.secrecy_provision = provision.strip()
    case.secrecy_date = timezone.localdate()
    case.is_published = False
    log(
        events.MARKED_SECRET,
        case,
        actor=actor,
        before=before,
        after={"provision": case.secrecy_provision},
        reason=reason,
    )
    save_change(case, ["secrecy_provision", "secrecy_date", "is_published"])


@transaction.atomic
def lift_secrecy(*, case: Case, actor: User | None, reason: str) -> None:
    """Take a case's secrecy marking away, with a reason; it stays unpublished.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing.
    """
    require_registrar(actor, case)
    require_reason(reason)
    before = {"provision": case.secrecy_provision}
    case.secrecy_provision = ""
    case.secrecy_date = None
    log(
        events.SECRECY_LIFTED,
        case,
        actor=actor,
        before=before,
        reason=reason,
    )
    save_change(case, ["secrecy_provision", "secrecy_date"])


@transaction.atomic
def mark_record_secret(*, record: Record, provision: str, actor: User | None) -> None:
    """Mark one record secret (OSL 5:5).

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the provision is missing.
    """
    require_look_after(actor, record.case)
    if not provision.strip():
        raise ValidationError({"provision": _("Ange bestämmelsen, till exempel OSL 18:8.")})
    record.secrecy_provision = provision.strip()
    record.secrecy_date = timezone.localdate()
    record.is_published = False
    record.save(update_fields=["secrecy_provision", "secrecy_date", "is_published"])
    log(
        events.RECORD_MARKED_SECRET,
        record,
        actor=actor,
        after={"provision": record.secrecy_provision},
    )
    save_change(record.case, record=record)
