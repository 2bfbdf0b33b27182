# SPDX-License-Identifier: EUPL-1.2
"""Asking experts about an initiative, and their answers as records (R23, R24)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.consultation import events
from casework.consultation.models import ExpertRequest
from casework.consultation.permissions import is_told, may_answer_request, require_handler
from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.organisation.enums import Expertise
from casework.organisation.models import User
from casework.organisation.selectors import expertise_of
from casework.register.enums import Direction, RecordKind
from casework.register.services import register_generated_record


@transaction.atomic
def ask_expert(
    *, initiative: Initiative, user: User, expertise: str, actor: User, question: str = ""
) -> ExpertRequest:
    """Ask an expert to take part in the preparation of an initiative (R23).

    Raises:
        PermissionDenied: the actor does not handle the case.
        ValidationError: there is no case yet, the person does not hold that expertise by
            appointment, is not let in to a secret case, or has such a question unanswered.
    """
    case = initiative.case
    if case is None:
        raise ValidationError(_("Initiativet har inget diarienummer än."), code="case")
    require_handler(actor, case)
    if expertise not in {Expertise.BUSINESS, Expertise.IT, Expertise.SYSTEM}:
        raise ValidationError({"expertise": _("Välj vilken sakkunskap som behövs.")})
    _require_expertise(user, expertise)
    if not is_told(user, case):
        raise ValidationError(
            {
                "user": _("Ärendet är märkt med sekretess. Ge först %(name)s behörighet till det.")
                % {"name": user}
            }
        )
    if ExpertRequest.objects.filter(
        initiative=initiative, user=user, expertise=expertise, answered_at=None
    ).exists():
        raise ValidationError(
            {"user": _("%(name)s är redan tillfrågad och har inte svarat.") % {"name": user}}
        )
    request = ExpertRequest.objects.create(
        initiative=initiative,
        user=user,
        expertise=expertise,
        question=question.strip(),
        asked_by=actor,
        asked_at=timezone.now(),
    )
    log(
        events.EXPERT_ASKED,
        request,
        actor=actor,
        after={"who": str(user), "user": user.pk, "expertise": str(expertise)},
    )
    return request


@transaction.atomic
def answer_expert(*, request: ExpertRequest, text: str, actor: User) -> ExpertRequest:
    """Answer as the expert who was asked; the answer is a record of the case (R23, R24).

    Raises:
        PermissionDenied: another was asked.
        ValidationError: the answer is empty or given already, or the expertise is no longer held.
    """
    row = (
        ExpertRequest.objects.select_for_update(of=("self",))
        .select_related("initiative__case__authority", "user")
        .get(pk=request.pk)
    )
    if not may_answer_request(actor, row):
        raise PermissionDenied(
            _("Det får bara %(name)s göra, som är tillfrågad.") % {"name": row.user}
        )
    if row.answered_at is not None:
        raise ValidationError({"text": _("Du har redan svarat.")})
    if not text.strip():
        raise ValidationError({"text": _("Skriv ditt svar.")})
    _require_expertise(actor, row.expertise)
    case = row.initiative.case
    assert case is not None  # asked only in a case
    label = str(row.get_expertise_display())
    row.text, row.answered_at = text.strip(), timezone.now()
    row.record = register_generated_record(
        case=case,
        kind=RecordKind.EXPERT_ANSWER,
        direction=Direction.ESTABLISHED,
        title=_("Yttrande av sakkunnig, %(what)s") % {"what": label.lower()},
        party=str(row.user),
        name="yttrande.txt",
        content=row.text.encode(),
        content_type="text/plain; charset=utf-8",
        text=row.text,
        actor=actor,
    )
    row.save()
    log(
        events.EXPERT_ANSWERED,
        row,
        actor=actor,
        after={"who": str(row.user), "expertise": str(row.expertise), "record": row.record_id},
    )
    return row


def _require_expertise(user: User, expertise: str) -> None:
    if expertise not in expertise_of(user):
        raise ValidationError(
            {
                "user": _("%(name)s har inget uppdrag som sakkunnig i %(what)s.")
                % {"name": user, "what": str(Expertise(expertise).label)}
            }
        )
