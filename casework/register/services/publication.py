# SPDX-License-Identifier: EUPL-1.2
"""What is shown outwards, and what is marked secret."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, Record
from casework.register.services.amendments import require_reason
from casework.register.services.state import save_change


@transaction.atomic
def publish(case: Case, *, actor: User, summary: str | None = None) -> None:
    """Show the case's public face in the web diary.

    Raises:
        ValidationError: it is secret.
    """
    if case.is_secret:
        raise ValidationError(_("Ett sekretessmarkerat ärende publiceras inte."), code="secret")
    case.is_published = True
    fields = ["is_published"]
    if summary is not None:
        case.summary = summary.strip()
        fields.append("summary")
    _log(events.PUBLISHED, case, actor)
    save_change(case, fields)


@transaction.atomic
def unpublish(case: Case, *, actor: User) -> None:
    """Take the case out of the web diary."""
    case.is_published = False
    _log(events.UNPUBLISHED, case, actor)
    save_change(case, ["is_published"])


@transaction.atomic
def publish_record(record: Record, *, actor: User, published: bool = True) -> None:
    """Show or hide a record on the case's public page.

    Raises:
        ValidationError: the record or its case is secret.
    """
    if published and (record.is_secret or record.case.is_secret):
        raise ValidationError(_("En sekretessmarkerad handling publiceras inte."), code="secret")
    record.is_published = published
    record.save(update_fields=["is_published"])
    log(
        events.RECORD_PUBLISHED if published else events.RECORD_UNPUBLISHED,
        record,
        actor=actor,
        after={"dnr": record.dnr},
    )
    save_change(record.case)


@transaction.atomic
def mark_secret(case: Case, provision: str, *, actor: User, reason: str = "") -> None:
    """Mark a case secret by a provision (OSL 5:5). It is taken out of the web diary at once.

    Raises:
        ValidationError: the provision is missing.
    """
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
def lift_secrecy(case: Case, *, actor: User, reason: str) -> None:
    """Take a case's secrecy marking away, with a reason; it stays unpublished.

    Raises:
        ValidationError: the reason is missing.
    """
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
def mark_record_secret(record: Record, provision: str, *, actor: User) -> None:
    """Mark one record secret (OSL 5:5).

    Raises:
        ValidationError: the provision is missing.
    """
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
    save_change(record.case)


def _log(event: EventType, case: Case, actor: User) -> None:
    log(event, case, actor=actor)
