# SPDX-License-Identifier: EUPL-1.2
"""Corrections and voiding. The entry stays; what happened to it stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import lock_chain
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import AmendmentKind
from casework.register.models import Amendment, Case, ClassCode, Record
from casework.register.permissions import require_registrar
from casework.register.services.changes import save_change
from casework.register.services.registration import check_date

Value = str | dt.date | ClassCode | None

BOTH = ("title", "title_public", "party", "party_public", "received_date")
OF_CASE = (*BOTH, "case_type", "class_code")
OF_RECORD = (*BOTH, "direction", "kind")
"""What a correction may change of each; numbers and registration times never."""


@transaction.atomic
def correct(*, obj: Case | Record, field: str, value: Value, reason: str, actor: User) -> Amendment:
    """Correct a field of a case or record; the old value is kept (JO 4639-2007).

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the field may not be corrected, or the reason is missing.
    """
    require_registrar(actor, obj if isinstance(obj, Case) else obj.case)
    if field not in (OF_CASE if isinstance(obj, Case) else OF_RECORD):
        raise ValidationError(_("Uppgiften går inte att rätta."), code="field")
    require_reason(reason)
    if field == "received_date" and isinstance(value, dt.date):
        check_date(value)
    old = written(getattr(obj, field))
    setattr(obj, field, value)
    obj.clean_fields()
    amendment = Amendment.objects.create(
        entry=obj.entry,
        kind=AmendmentKind.CORRECTION,
        field=field,
        old=old,
        new=written(value),
        reason=reason.strip(),
        at=timezone.now(),
        by=actor,
    )
    case = obj if isinstance(obj, Case) else obj.case
    save_change(
        case=case,
        record=None if isinstance(obj, Case) else obj,
        actor=actor,
        event=events.CORRECTED,
        fields=[field],
        reason=reason,
        rows=digests_of(amendment),
    )
    return amendment


class CorrectedMeanwhile(ValidationError):
    """Somebody else has corrected the same since the page was opened.

    Attributes:
        now: those fields as they stand, as an amendment writes them.
    """

    def __init__(self, told: dict[str, str], now: dict[str, str]) -> None:
        super().__init__(told)
        self.now = now


@transaction.atomic
def correct_fields(
    *,
    obj: Case | Record,
    values: Mapping[str, Value],
    reason: str,
    actor: User,
    opened: Mapping[str, str] | None = None,
) -> list[Amendment]:
    """Correct those fields that differ from what is registered, each as :func:`correct` does.

    Args:
        opened: what stood on the page when it was opened (:func:`written`); what its writer left as
            it stood is not theirs to correct then.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        CorrectedMeanwhile: somebody else was first with one of them, and wrote something else.
        ValidationError: nothing differs, a field may not be corrected, or the reason is missing.
    """
    case = obj if isinstance(obj, Case) else obj.case
    require_registrar(actor, case)
    lock_chain(case.chain)
    obj.refresh_from_db(fields=list(values))
    if opened is not None:
        values = {
            name: value for name, value in values.items() if opened.get(name) != written(value)
        }
        _refuse_meanwhile(obj, values, opened)
    differing = {name: value for name, value in values.items() if getattr(obj, name) != value}
    if not differing:
        raise ValidationError(_("Ändra det som ska rättas."), code="same")
    return [
        correct(obj=obj, field=name, value=value, reason=reason, actor=actor)
        for name, value in differing.items()
    ]


@transaction.atomic
def void_record(*, record: Record, reason: str, actor: User) -> Amendment:
    """Void (makulera) a record: it stays in the diary, its number is never reused.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing, or it is void already.
    """
    require_registrar(actor, record.case)
    require_reason(reason)
    if record.is_void:
        raise ValidationError(_("Handlingen är redan makulerad."), code="void")
    record.voided_at = timezone.now()
    amendment = Amendment.objects.create(
        entry=record.entry,
        kind=AmendmentKind.VOID,
        reason=reason.strip(),
        at=record.voided_at,
        by=actor,
    )
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=events.VOIDED,
        fields=["voided_at"],
        after={"dnr": record.dnr},
        reason=reason,
        rows=digests_of(amendment),
    )
    return amendment


def _refuse_meanwhile(
    obj: Case | Record, values: Mapping[str, Value], opened: Mapping[str, str]
) -> None:
    now = {name: written(getattr(obj, name)) for name in values}
    changed = {
        name: text
        for name, text in now.items()
        if text not in {opened.get(name), written(values[name])}
    }
    if not changed:
        return
    made = Amendment.objects.filter(entry=obj.entry, field__in=changed).select_related("by")
    last = {row.field: row for row in made.order_by("pk")}
    told = {}
    for name, text in changed.items():
        if (row := last.get(name)) is None:
            told[name] = _(
                "Uppgiften har ändrats efter att du öppnade sidan, till: ”%(text)s”. Ditt står "
                "kvar här. Spara igen om det är ditt som ska gälla."
            ) % {"text": text}
            continue
        told[name] = _(
            "%(who)s rättade uppgiften %(at)s, efter att du öppnade sidan, till: ”%(text)s”. Ditt "
            "står kvar här. Spara igen om det är ditt som ska gälla."
        ) % {"who": row.by, "at": f"{timezone.localtime(row.at):%Y-%m-%d %H.%M}", "text": text}
    raise CorrectedMeanwhile(told, changed)


def written(value: Value) -> str:
    """A value as an amendment keeps it: a class by its own code, which outlives the row's key."""
    return value.code if isinstance(value, ClassCode) else str(value or "")


def require_reason(reason: str) -> None:
    """Raises ValidationError when no reason was given."""
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet.")}, code="required")
