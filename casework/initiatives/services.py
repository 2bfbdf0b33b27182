# SPDX-License-Identifier: EUPL-1.2
"""The only writers of initiatives' answers. Whether it is the time to write is process's to say."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import events
from casework.initiatives.enums import IN_SCOPE, BenefitGroup, ScopeReason
from casework.initiatives.models import Batch, FormVersion, Initiative
from casework.journal.services import log
from casework.organisation.models import Administration, User

ORIGINATOR_FIELDS = ("title", "kind", "need", "proposal", "benefits", "cost_tkr", "is_eservice")
PREPARATION_FIELDS = (
    *ORIGINATOR_FIELDS,
    "service_area",
    "goal",
    "effect",
    "dependencies",
    "contact",
)
REQUIRED_TO_SUBMIT = ("title", "kind", "need", "benefits", "cost_tkr", "affected")
REQUIRED_TO_PREPARE = (*REQUIRED_TO_SUBMIT, "service_area", "goal", "effect")

LARGE_BUDGET_TKR = 5_000
"""From which cost a single förvaltning's project counts as large, unless settings tell (R3, D)."""


def current_form() -> FormVersion:
    """The form in force today (R43).

    Raises:
        ValidationError: the city has no form yet.
    """
    form = FormVersion.objects.filter(valid_from__lte=timezone.localdate()).first()
    if form is None:
        raise ValidationError(_("Staden har inget formulär för initiativ än."), code="form")
    return form


@transaction.atomic
def create(originator: User, answers: dict[str, Any]) -> Initiative:
    """Begin an initiative on the form in force, in the originator's förvaltning.

    Raises:
        ValidationError: the person belongs to no förvaltning, so nobody could receive it (R46).
    """
    if originator.administration is None:
        raise ValidationError(
            _("Ditt konto hör inte till någon förvaltning. Be administratören rätta det."),
            code="administration",
        )
    initiative = Initiative.objects.create(
        form_version=current_form(),
        originator=originator,
        administration=originator.administration,
    )
    return write(initiative, answers, ORIGINATOR_FIELDS, actor=originator)


@transaction.atomic
def write(
    initiative: Initiative, answers: dict[str, Any], allowed: tuple[str, ...], *, actor: User
) -> Initiative:
    """Save those of ``answers`` that are ``allowed``, plus ``affected``; drafts may have gaps.

    Raises:
        ValidationError: a value does not fit its field.
    """
    before, after = {}, {}
    for field in allowed:
        if field in answers:
            old, new = getattr(initiative, field), answers[field]
            if old != new:
                before[field], after[field] = _plain(old), _plain(new)
                setattr(initiative, field, new)
    _clean_benefits(initiative)
    initiative.clean_fields(exclude=["form_version", "originator", "administration", "case"])
    initiative.save()
    if "affected" in answers:
        initiative.affected.set(answers["affected"])
        after["affected"] = [str(administration) for administration in answers["affected"]]
    log(
        events.SAVED,
        initiative,
        actor=actor,
        before=before,
        after=after,
    )
    return initiative


def missing_answers(initiative: Initiative, required: tuple[str, ...]) -> dict[str, str]:
    """The required fields that have no answer, each with the sentence shown at it."""
    sentences = {
        "title": _("Skriv en rubrik."),
        "kind": _("Välj om det är nytt eller en vidareutveckling."),
        "need": _("Beskriv behovet."),
        "benefits": _("Välj minst en grupp som har nytta av det."),
        "cost_tkr": _("Ange en ungefärlig kostnad i tusental kronor."),
        "affected": _("Välj minst en förvaltning som berörs."),
        "service_area": _("Välj tjänsteområde."),
        "goal": _("Skriv vilket av stadens mål initiativet bidrar till."),
        "effect": _("Beskriv den förväntade effekten."),
    }
    return {field: sentences[field] for field in required if not _answered(initiative, field)}


def suggest_scope(initiative: Initiative, large_tkr: int = LARGE_BUDGET_TKR) -> ScopeReason:
    """What R1–R4 point to; a suggestion only, a named person decides (KL 6:38)."""
    if initiative.affected.count() >= 2:
        return ScopeReason.CROSS
    if (initiative.cost_tkr or 0) >= large_tkr:
        return ScopeReason.LARGE
    return ScopeReason.LOCAL


@transaction.atomic
def note_scope(initiative: Initiative, reason: str, *, inside: bool) -> None:
    """Keep why the officer found the initiative inside or outside the model (R1–R4).

    Raises:
        ValidationError: the reason points the other way.
    """
    if (reason in IN_SCOPE) != inside:
        raise ValidationError({"scope_reason": _("Grunden stämmer inte med bedömningen.")})
    initiative.scope_reason = reason
    initiative.save(update_fields=["scope_reason"])


@transaction.atomic
def create_batch(administration: Administration, actor: User, message: str = "") -> Batch:
    """A förvaltning's compilation (R28, R55); its initiatives are put in by process."""
    batch = Batch.objects.create(
        administration=administration,
        sent_by=actor,
        sent_at=timezone.now(),
        message=message.strip(),
    )
    log(events.BATCH_SENT, batch, actor=actor, after={"to": "SLK"}, reason=message)
    return batch


def _answered(initiative: Initiative, field: str) -> bool:
    if field == "affected":
        return initiative.affected.exists()
    value = getattr(initiative, field)
    return value not in (None, "", {}) and (not isinstance(value, str) or bool(value.strip()))


def _clean_benefits(initiative: Initiative) -> None:
    known = set(BenefitGroup.values)
    if not set(initiative.benefits) <= known:
        raise ValidationError({"benefits": _("Okänd grupp.")}, code="group")
    initiative.benefits = {group: str(text).strip() for group, text in initiative.benefits.items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | dict | bool | None) else str(value)
