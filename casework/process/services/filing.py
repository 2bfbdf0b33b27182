# SPDX-License-Identifier: EUPL-1.2
"""What came in, and what the product itself makes of it, as records of the case (TF 2:4–2:12).

The initiative as it was sent is record 1, the covering letter of the förvaltning's batch comes
after it, the receipt goes out.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.models import AnswerSet, Batch, Initiative
from casework.initiatives.rendering import frozen_text
from casework.initiatives.services import clear_attachments
from casework.organisation.models import User
from casework.process.models import Step
from casework.register.enums import Direction, RecordKind
from casework.register.models import Record
from casework.register.services import OwnFile, register_generated_record

TEXT = "text/plain; charset=utf-8"


def file_initiative(
    *, initiative: Initiative, frozen: list[AnswerSet], received_date: dt.date, actor: User
) -> Record:
    """Record 1: the answers as they stood when the initiative came in, and the attached files."""
    assert initiative.case is not None
    attached = [
        OwnFile(row.original_name, row.file.read(), row.content_type)
        for row in initiative.attachments.all()
    ]
    text = "\n\n".join(frozen_text(answer_set) for answer_set in frozen)
    record = register_generated_record(
        case=initiative.case,
        kind=RecordKind.INITIATIVE,
        direction=Direction.INCOMING,
        title=_("Initiativ: %(title)s") % {"title": initiative.title},
        title_public=_("Initiativ"),
        party=str(initiative.administration),
        party_public=str(initiative.administration),
        received_date=received_date,
        name="initiativ.txt",
        content=text.encode(),
        content_type=TEXT,
        text=text,
        more=attached,
        actor=actor,
    )
    clear_attachments(initiative)  # the record holds them now
    return record


def file_sendings(*, initiative: Initiative, received_date: dt.date, actor: User) -> None:
    """Every sending of the förvaltning and every return, in order (R28, R55).

    The newest sending came in on the day that the registrar gives; the others on their own.
    """
    batches = list(initiative.batches.order_by("sent_at", "pk"))
    returns = Step.objects.filter(initiative=initiative, transition="send_back").order_by("at")
    waiting = list(returns)
    for batch in batches:
        while waiting and waiting[0].at < batch.sent_at:
            _file_return(initiative, waiting.pop(0), actor)
        day = received_date if batch == batches[-1] else timezone.localdate(batch.sent_at)
        _file_batch(initiative, batch, day, actor)


def _file_return(initiative: Initiative, step: Step, actor: User) -> Record:
    """What the registrar wrote when the initiative was given back to the contact person."""
    assert initiative.case is not None
    return register_generated_record(
        case=initiative.case,
        kind=RecordKind.LETTER,
        direction=Direction.OUTGOING,
        title=_("Återlämnat till %(name)s") % {"name": initiative.administration},
        title_public=_("Återlämnat till förvaltningen"),
        party=str(initiative.administration),
        party_public=str(initiative.administration),
        received_date=step.decided_on,
        name="aterlamnat.txt",
        content=step.reason.encode(),
        content_type=TEXT,
        text=step.reason,
        actor=actor,
    )


def _file_batch(
    initiative: Initiative, batch: Batch, received_date: dt.date, actor: User
) -> Record:
    """The förvaltning's covering letter: who sent what together, and what they wrote."""
    assert initiative.case is not None
    lines = [
        _("Sammanställning från %(name)s") % {"name": batch.administration},
        _("Skickad %(day)s av %(who)s")
        % {"day": timezone.localdate(batch.sent_at).isoformat(), "who": batch.sent_by},
    ]
    order = list(batch.initiatives.through.objects.filter(batch=batch).order_by("pk"))
    place = [row.initiative_id for row in order].index(initiative.pk) + 1
    lines += [
        "",
        _("Plats %(place)s av %(count)s i förvaltningens ordning.")
        % {"place": place, "count": len(order)},
    ]
    if batch.message:
        lines += ["", batch.message]
    text = "\n".join(lines)
    return register_generated_record(
        case=initiative.case,
        kind=RecordKind.BATCH,
        direction=Direction.INCOMING,
        title=lines[0],
        title_public=_("Förvaltningens sammanställning"),
        party=str(batch.administration),
        party_public=str(batch.administration),
        received_date=received_date,
        name="sammanstallning.txt",
        content=text.encode(),
        content_type=TEXT,
        text=text,
        actor=actor,
    )


def file_receipt(*, initiative: Initiative, actor: User) -> Record:
    """The receipt that goes to the originator, as an outgoing record."""
    case = initiative.case
    assert case is not None
    text = _(
        "Vi har tagit emot initiativet och gett det diarienummer %(dnr)s. Det kom in %(day)s."
    ) % {"dnr": case.dnr, "day": case.received_date.isoformat()}
    return register_generated_record(
        case=case,
        kind=RecordKind.RECEIPT,
        direction=Direction.OUTGOING,
        title=_("Mottagningsbekräftelse"),
        title_public=_("Mottagningsbekräftelse"),
        party=str(initiative.administration),
        party_public=str(initiative.administration),
        name="mottagningsbekraftelse.txt",
        content=text.encode(),
        content_type=TEXT,
        text=text,
        actor=actor,
    )
