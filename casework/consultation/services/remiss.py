# SPDX-License-Identifier: EUPL-1.2
"""Sending a case out on remiss, as often as needed, and noting the answers (R65, R66).

What goes out and what comes in are records of the case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.consultation import events
from casework.consultation.enums import AnswerState, ConsultationState, Position
from casework.consultation.models import Consultation, Consultee, NoConsultation
from casework.consultation.permissions import may_answer, require_handler
from casework.consultation.rendering import remiss_text
from casework.journal.digests import digests_of, gone
from casework.journal.services import log
from casework.organisation.models import Administration, User
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case, Record
from casework.register.obstacles import require_live
from casework.register.services import file_record, register_generated_record

_EVENT_OF_STATE = {
    AnswerState.ANSWERED: events.ANSWERED,
    AnswerState.DECLINED: events.DECLINED,
    AnswerState.NO_ANSWER: events.NO_ANSWER,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One to be asked: a förvaltning of the city, or another by name."""

    administration: Administration | None = None
    name: str = ""

    @property
    def as_printed(self) -> str:
        """The name under which it stands in the documents."""
        return self.name.strip() or (self.administration.name if self.administration else "")


@transaction.atomic
def open_consultation(
    *,
    case: Case,
    consultees: Sequence[Asked],
    question: str,
    deadline: dt.date,
    actor: User,
) -> Consultation:
    """Send the case out; what was asked becomes an outgoing record (R65, R66).

    A reason that no remiss is held, stated earlier, is thereby out of date and stands only in the
    journal.

    Raises:
        PermissionDenied: the person does not handle the case.
        ValidationError: nobody is asked or somebody twice, the question is missing, the day
            has passed, or the case is void or joined.
    """
    require_handler(actor, case)
    require_live(case)
    asked = list(consultees)
    names = [row.as_printed for row in asked]
    if not names or not all(names):
        raise ValidationError({"consultees": _("Ange minst en remissinstans.")})
    if len(set(names)) < len(names):
        raise ValidationError({"consultees": _("En remissinstans står med två gånger.")})
    if not question.strip():
        raise ValidationError({"question": _("Skriv vad ni vill ha synpunkter på.")})
    if deadline < timezone.localdate():
        raise ValidationError({"deadline": _("Svarsdatumet har redan passerat.")})
    # The case's lock: two who send out at once get a number each.
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    last = case.consultations.aggregate(last=Max("number"))["last"] or 0
    record = _file_remiss(case, question, deadline, asked, actor)
    consultation = Consultation.objects.create(
        case=case,
        number=last + 1,
        question=question.strip(),
        deadline=deadline,
        sent_at=timezone.now(),
        sent_by=actor,
        record=record,
    )
    consultees_ = Consultee.objects.bulk_create(
        Consultee(consultation=consultation, administration=row.administration, name=name)
        for row, name in zip(asked, names, strict=True)
    )
    stated = NoConsultation.objects.filter(case=case)
    removed = gone(NoConsultation, stated.values_list("pk", flat=True))
    stated.delete()
    log(
        events.OPENED,
        consultation,
        actor=actor,
        after={"asked": names, "by": deadline.isoformat(), "number": consultation.number},
        rows={**removed, **digests_of(consultation, *consultees_)},
    )
    return consultation


@transaction.atomic
def add_consultee(*, consultation: Consultation, asked: Asked, actor: User) -> Consultee:
    """Let one more have the same remiss; what goes out to it is a record too.

    Raises:
        PermissionDenied: the person does not handle the case.
        ValidationError: the remiss is closed, or has gone there already.
    """
    row = _locked(consultation)
    require_handler(actor, row.case)
    _require_open(row)
    name = asked.as_printed
    if not name:
        raise ValidationError({"consultees": _("Ange en remissinstans.")})
    if row.consultees.filter(name=name).exists():
        raise ValidationError({"consultees": _("En remissinstans står med två gånger.")})
    consultee = Consultee.objects.create(
        consultation=row, administration=asked.administration, name=name
    )
    record = _file_remiss(row.case, row.question, consultee.deadline, [asked], actor)
    log(
        events.CONSULTEE_ADDED,
        consultee,
        actor=actor,
        about=row,
        after={"who": name, "record": record.pk},
        rows=digests_of(consultee),
    )
    return consultee


@transaction.atomic
def extend_consultee(
    *, consultee: Consultee, until: dt.date, actor: User, reason: str = ""
) -> Consultee:
    """Give one more time to answer.

    Raises:
        PermissionDenied: the person does not handle the case.
        ValidationError: it has answered, or the day is not later than the one it has.
    """
    row = _locked_consultee(consultee)
    require_handler(actor, row.consultation.case)
    _require_open(row.consultation)
    if row.state != AnswerState.WAITING:
        raise ValidationError({"until": _("Remissinstansen väntas inte längre svara.")})
    if until <= row.deadline or until < timezone.localdate():
        raise ValidationError({"until": _("Ange en senare dag än den nuvarande.")})
    before = row.deadline
    row.extended_until = until
    row.save(update_fields=["extended_until"])
    log(
        events.EXTENDED,
        row,
        actor=actor,
        about=row.consultation,
        before={"by": before.isoformat()},
        after={"who": row.name, "by": until.isoformat()},
        reason=reason,
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def note_answer(
    *,
    consultee: Consultee,
    state: str,
    actor: User,
    position: str = "",
    text: str = "",
    answered_on: dt.date | None = None,
    files: Sequence[UploadedFile] = (),
) -> Consultee:
    """Note an answer, that it was declined, or that none came; an answer is a record of the case.

    Args:
        text: the answer, or what it says in short where a file holds it.

    Raises:
        PermissionDenied: the person neither handles the case nor speaks for the consultee.
        ValidationError: an unknown state, an answer without text, file or position, or noted twice.
    """
    row = _locked_consultee(consultee)
    if not may_answer(actor, row):
        raise PermissionDenied(
            _("Det får bara handläggaren, registratorn och remissinstansens kontaktperson göra.")
        )
    if state not in _EVENT_OF_STATE:
        raise ValidationError({"state": _("Välj vad som hände.")})
    if row.record_id is not None:
        raise ValidationError({"state": _("Svaret är redan registrerat.")})
    if position and position not in Position.values:
        raise ValidationError({"position": _("Välj ett ställningstagande.")})
    answered = state == AnswerState.ANSWERED
    if answered and not (text.strip() or files or position):
        raise ValidationError({"text": _("Skriv svaret eller bifoga det.")})
    day = answered_on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError({"answered_on": _("Dagen ligger framåt i tiden.")})
    row.state = state
    row.position = position if answered else ""
    row.text = text.strip()
    row.answered_on = day if answered else None
    if answered:
        row.record = _file_answer(row, day, files, actor)
    row.save()
    log(
        _EVENT_OF_STATE[AnswerState(state)],
        row,
        actor=actor,
        about=row.consultation,
        after={
            "who": row.name,
            "state": str(state),
            "position": str(row.position),
            "day": day.isoformat() if answered else None,
            "record": row.record_id,
        },
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def close_consultation(*, consultation: Consultation, actor: User) -> Consultation:
    """Wait no longer: those who have not answered are noted as such (R65).

    Raises:
        PermissionDenied: the person does not handle the case.
        ValidationError: it is closed already.
    """
    row = _locked(consultation)
    require_handler(actor, row.case)
    _require_open(row)
    silent = row.consultees.filter(state=AnswerState.WAITING)
    names = list(silent.values_list("name", flat=True))
    silent.update(state=AnswerState.NO_ANSWER)
    row.state = ConsultationState.CLOSED
    row.save(update_fields=["state"])
    log(
        events.CLOSED,
        row,
        actor=actor,
        after={"number": row.number, "no_answer": names},
        rows=digests_of(row, *row.consultees.filter(name__in=names)),
    )
    return row


@transaction.atomic
def state_no_consultation(*, case: Case, reason: str, actor: User) -> NoConsultation:
    """State why no remiss is held; the reason is printed in the documents (R65).

    Raises:
        PermissionDenied: the person does not handle the case.
        ValidationError: the reason is missing, or the case was sent out, is void or joined.
    """
    require_handler(actor, case)
    require_live(case)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför ingen remiss behövs.")})
    if case.consultations.exists():
        raise ValidationError({"reason": _("Ärendet har skickats på remiss.")})
    stated, _created = NoConsultation.objects.update_or_create(
        case=case, defaults={"reason": reason.strip(), "by": actor, "at": timezone.now()}
    )
    log(events.NONE_HELD, stated, actor=actor, reason=reason, rows=digests_of(stated))
    return stated


def _file_answer(
    consultee: Consultee, day: dt.date, files: Sequence[UploadedFile], actor: User
) -> Record:
    stand = Position(consultee.position).label if consultee.position else ""
    return file_record(
        case=consultee.consultation.case,
        kind=RecordKind.REMISS_ANSWER,
        direction=Direction.INCOMING,
        title=_("Svar på remiss från %(name)s") % {"name": consultee.name},
        title_public="" if consultee.administration_id else _("Svar på remiss"),
        received_date=day,
        party=consultee.name,
        party_public=consultee.name if consultee.administration_id else "",
        files=files,
        text="\n\n".join(part for part in (str(stand), consultee.text) if part),
        actor=actor,
    )


def _listed(names: Sequence[str]) -> str:
    """Names for a title; many are counted, so that the title stays short."""
    if len(names) > 3:
        return _("%(first)s och %(count)s till") % {"first": names[0], "count": len(names) - 1}
    return ", ".join(names)


def _file_remiss(
    case: Case, question: str, deadline: dt.date, asked: Sequence[Asked], actor: User
) -> Record:
    """What leaves the authority, as an outgoing record with its text.

    Who is asked by name may be a private person, whom no title tells outside.
    """
    names = [row.as_printed for row in asked]
    within = all(row.administration for row in asked)
    text = remiss_text(case=case, question=question, deadline=deadline, names=names)
    return register_generated_record(
        case=case,
        kind=RecordKind.REMISS_OUT,
        direction=Direction.OUTGOING,
        title=_("Remiss till %(names)s") % {"names": _listed(names)},
        title_public="" if within else _("Remiss"),
        party=_listed(names),
        party_public=_listed(names) if within else "",
        name="remiss.txt",
        content=text.encode(),
        content_type="text/plain; charset=utf-8",
        text=text,
        actor=actor,
    )


def _locked(consultation: Consultation) -> Consultation:
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("case__authority")
        .get(pk=consultation.pk)
    )


def _locked_consultee(consultee: Consultee) -> Consultee:
    return (
        Consultee.objects.select_for_update(of=("self",))
        .select_related("consultation__case__authority", "administration")
        .get(pk=consultee.pk)
    )


def _require_open(consultation: Consultation) -> None:
    if not consultation.is_open:
        raise ValidationError(_("Remissen är avslutad."), code="closed")
