# SPDX-License-Identifier: EUPL-1.2
"""The only writers of consultations (R65)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.consultation import events
from casework.consultation.models import AnswerState, Consultation, Consultee
from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.models import Case, Record


@transaction.atomic
def open_consultation(
    case: Case, consultees: Sequence[str], *, deadline: dt.date, question: str, actor: User
) -> Consultation:
    """Ask those concerned (R65, R66); sending the question is a record of its own.

    Raises:
        ValidationError: nobody is asked, the day has passed, or one was held already.
    """
    names = list(dict.fromkeys(name.strip() for name in consultees if name.strip()))
    if not names:
        raise ValidationError({"consultees": _("Ange minst en remissinstans.")})
    if deadline < timezone.localdate():
        raise ValidationError({"deadline": _("Svarsdatumet har redan passerat.")})
    _check_first(case)
    consultation = Consultation.objects.create(
        case=case, deadline=deadline, question=question.strip()
    )
    Consultee.objects.bulk_create(Consultee(consultation=consultation, name=name) for name in names)
    _log(events.OPENED, consultation, actor, {"asked": names, "by": str(deadline)})
    return consultation


@transaction.atomic
def decide_against(case: Case, *, reason: str, actor: User) -> Consultation:
    """State why no consultation is held; the reason is printed in the report (R65).

    Raises:
        ValidationError: the reason is missing, or one was held already.
    """
    if not reason.strip():
        raise ValidationError({"none_reason": _("Skriv varför ingen remiss behövs.")})
    _check_first(case)
    consultation = Consultation.objects.create(case=case, none_reason=reason.strip())
    _log(events.NONE, consultation, actor, {}, reason)
    return consultation


@transaction.atomic
def note_answer(
    consultee: Consultee,
    *,
    state: str,
    actor: User,
    answered_on: dt.date | None = None,
    summary: str = "",
    record: Record | None = None,
) -> Consultee:
    """Note an answer, that somebody declined, or that no answer came.

    Raises:
        ValidationError: an unknown state.
    """
    if state not in AnswerState.values:
        raise ValidationError({"state": _("Välj vad som hände.")})
    consultee.state = state
    consultee.summary = summary.strip()
    consultee.record = record
    consultee.answered_on = (
        answered_on or timezone.localdate() if state == AnswerState.ANSWERED else None
    )
    consultee.full_clean()
    consultee.save()
    _log(
        events.ANSWERED,
        consultee.consultation,
        actor,
        {"consultee": consultee.name, "state": state},
    )
    return consultee


def _check_first(case: Case) -> None:
    if Consultation.objects.filter(case=case).exists():
        raise ValidationError(_("Ärendet har redan en remiss."), code="exists")


def _log(
    event: EventType,
    consultation: Consultation,
    actor: User,
    after: dict[str, object],
    reason: str = "",
) -> None:
    case = consultation.case
    log(
        event,
        consultation,
        actor=actor,
        about=case,
        after=after,
        reason=reason,
    )
