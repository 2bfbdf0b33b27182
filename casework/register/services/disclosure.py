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
from casework.register.models import DisclosureRequest
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
def answer_disclosure(*, request: DisclosureRequest, answer: str, actor: User) -> None:
    """Note how the request was answered; each request is tested anew (OSL 5:5).

    Raises:
        PermissionDenied: the person is not a registrar.
        ValidationError: the answer is missing, or it was answered already.
    """
    require_answer(actor)
    request = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.answered_at:
        raise ValidationError(_("Begäran är redan besvarad."), code="state")
    if not answer.strip():
        raise ValidationError({"answer": _("Skriv hur begäran besvarades.")}, code="required")
    request.answer = answer.strip()
    request.answered_at = timezone.now()
    request.answered_by = actor
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    log(events.DISCLOSURE_ANSWERED, request, actor=actor, reason=answer, rows=digests_of(request))
