# SPDX-License-Identifier: EUPL-1.2
"""Requests to see a record (TF 2:18)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import DisclosureOutcome
from casework.register.models import Case, DisclosureRequest
from casework.register.permissions import require_answer


@transaction.atomic
def request_disclosure(*, number: str, text: str, contact: str = "") -> DisclosureRequest:
    """Ask for a record, also anonymously: who asks is neither demanded nor logged (TF 2:18).

    Args:
        number: of the case or record, as the person wrote it; may be empty.
        text: what the person wants to see.
        contact: where the answer goes, if the person wants it sent.

    Raises:
        ValidationError: nothing is asked for.
    """
    if not text.strip():
        raise ValidationError({"text": _("Skriv vad du vill se.")}, code="required")
    request = DisclosureRequest.objects.create(
        number=number.strip()[:70],
        text=text.strip(),
        contact=contact.strip()[:200],
        requested_at=timezone.now(),
    )
    log(events.DISCLOSURE_REQUESTED, request, actor=None, rows=digests_of(request))
    return request


@transaction.atomic
def answer_disclosure(
    *, request: DisclosureRequest, outcome: str, actor: User | None, answer: str = ""
) -> DisclosureRequest:
    """Note how the request was answered; each request is tested anew (OSL 5:5).

    Args:
        outcome: a DisclosureOutcome.
        answer: what the one who asked reads on the receipt; where something was held back, why.

    Raises:
        PermissionDenied: the person is not a registrar.
        ValidationError: the outcome or the answer is missing, or it was answered already.
    """
    require_answer(actor)
    request = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.answered_at:
        raise ValidationError(_("Begäran är redan besvarad."), code="state")
    if outcome not in DisclosureOutcome.values:
        raise ValidationError({"outcome": _("Välj vad svaret blev.")}, code="required")
    if outcome != DisclosureOutcome.GRANTED and not answer.strip():
        raise ValidationError({"answer": _("Skriv svaret till den som frågar.")}, code="required")
    request.outcome = outcome
    request.answer = answer.strip()
    request.answered_at = timezone.now()
    request.answered_by = actor
    request.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    log(events.DISCLOSURE_ANSWERED, request, actor=actor, reason=answer, rows=digests_of(request))
    return request


@transaction.atomic
def want_decision(*, code: str) -> DisclosureRequest:
    """The one who asked wants a written decision on what was held back (TF 2:19, OSL 6:3).

    Whoever holds the receipt asks; who that is is not asked (TF 2:18).

    Raises:
        ValidationError: there is no such receipt, or nothing was held back.
    """
    request = DisclosureRequest.objects.select_for_update(of=("self",)).filter(code=code).first()
    if request is None or not request.is_appealable:
        raise ValidationError(_("Det finns inget att besluta om."), code="state")
    if request.decision_wanted_at is None:
        request.decision_wanted_at = timezone.now()
        request.save(update_fields=["decision_wanted_at"])
        log(events.DISCLOSURE_DECISION_WANTED, request, actor=None, rows=digests_of(request))
    return request


@transaction.atomic
def note_decision(*, request: DisclosureRequest, number: str, actor: User) -> DisclosureRequest:
    """Note under which number the written decision stands; the receipt tells it.

    Raises:
        PermissionDenied: the person is not a registrar.
        ValidationError: nobody wants one, or there is no such case or record.
    """
    require_answer(actor)
    row = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.decision_wanted_at is None:
        raise ValidationError(_("Ingen har bett om ett skriftligt beslut."), code="state")
    if not Case.objects.visible_to(actor).by_number(number).exists():
        raise ValidationError({"number": _("Det finns inget ärende med det numret.")})
    row.decision_number = number.strip()
    row.save(update_fields=["decision_number"])
    log(
        events.DISCLOSURE_DECIDED,
        row,
        actor=actor,
        after={"number": row.decision_number},
        rows=digests_of(row),
    )
    return row
