# SPDX-License-Identifier: EUPL-1.2
"""From an employee's idea to a prepared case: R21–R29 and the judgement of scope R1–R6."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives import services as initiatives
from casework.initiatives.models import Batch, Initiative
from casework.organisation.models import Administration, User
from casework.process import mandates
from casework.process.catalogue import Mandate
from casework.process.enums import Stage
from casework.process.models import Cycle, Process, Step
from casework.process.services.core import ImpossibleTransition, lock_processes, take_step
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries
from casework.register.services import register_case, save_change
from casework.register.services.corrections import require_reason

EDITABLE_BY_ORIGINATOR = frozenset({Stage.DRAFT, Stage.RETURNED})
EDITABLE_BY_LIAISON = frozenset({Stage.WITH_LIAISON, Stage.PREPARED})
EDITABLE_BY_OFFICER = frozenset({Stage.REGISTERED, Stage.IN_PREPARATION, Stage.COMPLETION})


@transaction.atomic
def start_draft(originator: User, answers: dict[str, Any]) -> Initiative:
    """Begin an initiative; it is only the originator's until it is submitted (R21, R25)."""
    initiative = initiatives.create(originator, answers)
    Process.objects.create(initiative=initiative)
    return initiative


@transaction.atomic
def save_draft(initiative: Initiative, answers: dict[str, Any], *, actor: User) -> Initiative:
    """Save the originator's answers; gaps are allowed.

    Raises:
        PermissionDenied: it is another person's.
        ImpossibleTransition: it is no longer with the originator.
    """
    process = _locked(initiative)
    if process.initiative.originator_id != actor.pk:
        raise PermissionDenied(_("Det är någon annans initiativ."))
    if process.stage not in EDITABLE_BY_ORIGINATOR:
        raise ImpossibleTransition(_("Initiativet är inskickat och kan inte ändras här."))
    return initiatives.write(initiative, answers, initiatives.ORIGINATOR_FIELDS, actor=actor)


def submit(initiative: Initiative, *, actor: User) -> Step:
    """Send it to the förvaltning's contact person (R26).

    Raises:
        ValidationError: answers are missing; one message per field.
    """
    _require_answers(initiative, initiatives.REQUIRED_TO_SUBMIT)
    return take_step(initiative.process, "submit", actor)


def return_to_originator(initiative: Initiative, *, actor: User, reason: str) -> Step:
    """Ask the originator for more, with a reason."""
    return take_step(initiative.process, "return_to_originator", actor, reason=reason)


@transaction.atomic
def save_preparation(initiative: Initiative, answers: dict[str, Any], *, actor: User) -> Initiative:
    """Save the preparation: the contact person's before it is sent in, the officer's after.

    Raises:
        PermissionDenied: the person prepares neither.
        ImpossibleTransition: it is not being prepared now.
    """
    process = _locked(initiative)
    if process.stage in EDITABLE_BY_LIAISON:
        mandate = Mandate.LIAISON
    elif process.stage in EDITABLE_BY_OFFICER:
        mandate = Mandate.OFFICER
    else:
        raise ImpossibleTransition(_("Initiativet bereds inte nu och kan inte ändras."))
    if mandates.holder(process, mandate, actor) is None:
        raise PermissionDenied(
            _("Det får bara %(who)s ändra.") % {"who": mandates.words(process, mandate)}
        )
    written = initiatives.write(initiative, answers, initiatives.PREPARATION_FIELDS, actor=actor)
    _follow_in_case(written)
    return written


def complete_preparation(initiative: Initiative, *, actor: User) -> Step:
    """The contact person has prepared it on the fixed template (R27).

    Raises:
        ValidationError: answers are missing; one message per field.
    """
    _require_answers(initiative, initiatives.REQUIRED_TO_PREPARE)
    return take_step(initiative.process, "complete_preparation", actor)


@transaction.atomic
def send_batch(
    administration: Administration,
    chosen: Sequence[Initiative],
    *,
    actor: User,
    message: str = "",
) -> Batch:
    """Send prepared initiatives to stadsledningskontoret, all or none (R28).

    Raises:
        ValidationError: nothing was chosen, or one belongs to another förvaltning.
    """
    if not chosen:
        raise ValidationError(_("Välj minst ett initiativ att skicka."), code="empty")
    if any(initiative.administration_id != administration.pk for initiative in chosen):
        raise ValidationError(_("Ett initiativ hör till en annan förvaltning."), code="other")
    lock_processes(chosen)
    batch = initiatives.create_batch(administration, actor, message)
    for initiative in chosen:
        initiative.batch = batch
        initiative.save(update_fields=["batch"])
        take_step(initiative.process, "send_in", actor, reason=message)
    return batch


@transaction.atomic
def register(
    initiative: Initiative,
    series: NumberSeries,
    *,
    actor: User,
    title: str,
    received_date: dt.date,
    officer: User | None = None,
    title_public: str = "",
    secrecy_provision: str = "",
    token: uuid.UUID | None = None,
) -> Case:
    """Give a sent-in initiative its diary number; a second sending returns the same case.

    Raises:
        PermissionDenied: the person is not registrar of the diary.
        ImpossibleTransition: it is not waiting to be registered.
        ValidationError: a field is missing or the date lies ahead.
    """
    process = _locked(initiative)
    if token and process.initiative.case and process.stage == Stage.REGISTERED:
        return process.initiative.case
    mandates.require(process, "register", actor)
    if process.stage != Stage.SENT:
        raise ImpossibleTransition(_("Initiativet är redan registrerat eller inte inskickat."))
    process.cycle = process.cycle or Cycle.objects.order_by("budget_year").last()
    process.save()
    case = register_case(
        actor=actor,
        series=series,
        case_type=CaseType.INITIATIVE,
        title=title,
        title_public=title_public,
        party=str(initiative.administration),
        party_public=str(initiative.administration),
        received_date=received_date,
        service_area=initiative.service_area,
        officer=officer,
        followers=[initiative.originator],
        administrations=[initiative.administration, *initiative.affected.all()],
        secrecy_provision=secrecy_provision,
        token=token,
    )
    initiative.case = case
    initiative.save(update_fields=["case"])
    take_step(process, "register", actor)
    initiative.refresh_from_db()
    return case


@transaction.atomic
def accept_scope(initiative: Initiative, *, actor: User, ground: str, reason: str = "") -> Step:
    """The model covers it, on the ground of R2 or R3."""
    initiatives.note_scope(initiative, ground, inside=True)
    return take_step(initiative.process, "accept_scope", actor, reason=reason)


@transaction.atomic
def exclude_scope(initiative: Initiative, *, actor: User, ground: str, reason: str) -> Step:
    """The model does not cover it: an explicit outcome with a reason (R4)."""
    require_reason(reason)
    initiatives.note_scope(initiative, ground, inside=False)
    return take_step(initiative.process, "exclude_scope", actor, reason=reason)


def hand_to_group(initiative: Initiative, *, actor: User) -> Step:
    """Prepared on all sides: the area's group takes over (R29, R30)."""
    return take_step(initiative.process, "hand_to_group", actor)


def withdraw(initiative: Initiative, *, actor: User, reason: str) -> Step:
    """The originator takes it back, as long as its area's list is not fixed."""
    return take_step(initiative.process, "withdraw", actor, reason=reason)


def _locked(initiative: Initiative) -> Process:
    return (
        Process.objects.select_for_update(of=("self",))
        .select_related("initiative__case", "initiative__administration")
        .get(initiative=initiative)
    )


def _require_answers(initiative: Initiative, required: tuple[str, ...]) -> None:
    missing = initiatives.missing_answers(initiative, required)
    if missing:
        raise ValidationError(missing)


def _follow_in_case(initiative: Initiative) -> None:
    """The case's area and administrations follow the initiative's, and with them its audience."""
    case = initiative.case
    if case is None:
        return
    case.service_area = initiative.service_area
    case.administrations.set([initiative.administration, *initiative.affected.all()])
    save_change(case, ["service_area"])
