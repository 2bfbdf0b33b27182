# SPDX-License-Identifier: EUPL-1.2
"""Asking experts about an initiative, and their answers as records (R23, R24)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.models import AccessGrant
from casework.consultation import events
from casework.consultation.models import ExpertRequest
from casework.consultation.permissions import may_answer_request, require_handler
from casework.initiatives.models import Initiative
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.enums import Expertise
from casework.organisation.models import User
from casework.organisation.selectors import expertise_of
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case
from casework.register.obstacles import require_live
from casework.register.services import end_grant, grant_access, register_generated_record

ACCESS_PERIOD = dt.timedelta(days=90)
"""So long an expert who has not answered may open the case."""


@transaction.atomic
def ask_expert(
    *, initiative: Initiative, user: User, expertise: str, actor: User, question: str = ""
) -> ExpertRequest:
    """Ask an expert to take part in the preparation of an initiative (R23).

    The expert is let in to the case, also from outside its authority, until the answer is given or
    the question withdrawn, and at the longest for :data:`ACCESS_PERIOD` (OSL 5:5, need to know).

    Raises:
        PermissionDenied: the actor does not handle the case.
        ValidationError: there is no case yet, it is void or joined, the person does not hold that
            expertise by appointment, or has such a question unanswered.
    """
    case = initiative.case
    if case is None:
        raise ValidationError(_("Initiativet har inget diarienummer än."), code="case")
    require_handler(actor, case)
    require_live(case)
    if expertise not in {Expertise.BUSINESS, Expertise.IT, Expertise.SYSTEM}:
        raise ValidationError({"expertise": _("Välj vilken sakkunskap som behövs.")})
    _require_expertise(user, expertise)
    if ExpertRequest.objects.filter(
        initiative=initiative,
        user=user,
        expertise=expertise,
        answered_at=None,
        withdrawn_at=None,
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
        grant=_let_in(case, user, actor),
    )
    log(
        events.EXPERT_ASKED,
        request,
        actor=actor,
        after={"who": str(user), "user": user.pk, "expertise": str(expertise)},
        rows=digests_of(request),
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
        .select_related("initiative__case__authority", "user", "grant")
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
    row.text, row.answered_at = text.strip(), timezone.now()
    row.record = register_generated_record(
        case=case,
        kind=RecordKind.EXPERT_ANSWER,
        direction=Direction.ESTABLISHED,
        title=_("Yttrande av sakkunnig, %(what)s") % {"what": row.expertise_words},
        party=str(row.user),
        # An official answers as such: the name is no private person's, the förvaltning's will do.
        party_public=str(row.user.administration or ""),
        name="yttrande.txt",
        content=row.text.encode(),
        content_type="text/plain; charset=utf-8",
        text=row.text,
        actor=actor,
    )
    row.save()
    _end_access(row)
    log(
        events.EXPERT_ANSWERED,
        row,
        actor=actor,
        after={"who": str(row.user), "expertise": str(row.expertise), "record": row.record_id},
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def withdraw_expert(*, request: ExpertRequest, actor: User, reason: str = "") -> ExpertRequest:
    """Take a question back that was not answered; the expert's access to the case ends.

    Raises:
        PermissionDenied: the actor does not handle the case.
        ValidationError: it is answered or withdrawn already.
    """
    row = (
        ExpertRequest.objects.select_for_update(of=("self",))
        .select_related("initiative__case__authority", "user", "grant")
        .get(pk=request.pk)
    )
    case = row.initiative.case
    assert case is not None  # asked only in a case
    require_handler(actor, case)
    if not row.is_open:
        raise ValidationError(_("Frågan är redan besvarad eller återtagen."), code="state")
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    _end_access(row)
    log(
        events.EXPERT_WITHDRAWN,
        row,
        actor=actor,
        after={"who": str(row.user), "expertise": str(row.expertise)},
        reason=reason,
        rows=digests_of(row),
    )
    return row


def _let_in(case: Case, user: User, actor: User) -> AccessGrant:
    """The expert's access: one grant for all open questions, of which the newest gives the time."""
    until = timezone.localdate() + ACCESS_PERIOD
    return grant_access(
        case=case,
        user=user,
        reason=_("Tillfrågad som sakkunnig"),
        valid_until=until,
        actor=actor,
    )


def _end_access(request: ExpertRequest) -> None:
    """End what the question opened, unless another open question still needs it."""
    grant = request.grant
    others = ExpertRequest.objects.filter(grant=grant, answered_at=None, withdrawn_at=None)
    if grant is not None and not others.exists():
        end_grant(grant=grant, actor=None)


def _require_expertise(user: User, expertise: str) -> None:
    if expertise not in expertise_of(user):
        raise ValidationError(
            {
                "user": _("%(name)s har inget uppdrag som sakkunnig i %(what)s.")
                % {"name": user, "what": str(Expertise(expertise).label)}
            }
        )
