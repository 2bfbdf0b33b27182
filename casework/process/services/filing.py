# SPDX-License-Identifier: EUPL-1.2
"""What came in, and what the product itself makes of it, as records of the case (TF 2:4–2:12).

The initiative as it was sent is record 1, the covering letter of the förvaltning's batch comes
after it, the receipt goes out.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from casework.initiatives.models import AnswerSet, Initiative
from casework.initiatives.rendering import frozen_text
from casework.organisation.models import User
from casework.register.enums import Direction, RecordKind
from casework.register.models import Record
from casework.register.services import register_generated_record

TEXT = "text/plain; charset=utf-8"


def file_initiative(
    *, initiative: Initiative, frozen: list[AnswerSet], received_date: dt.date, actor: User
) -> Record:
    """Record 1: the answers as they stood when the initiative came in."""
    assert initiative.case is not None
    text = "\n\n".join(frozen_text(answer_set) for answer_set in frozen)
    return register_generated_record(
        case=initiative.case,
        kind=RecordKind.INITIATIVE,
        direction=Direction.INCOMING,
        title=_("Initiativ: %(title)s") % {"title": initiative.title},
        title_public=_("Initiativ"),
        party=str(initiative.administration),
        received_date=received_date,
        name="initiativ.txt",
        content=text.encode(),
        content_type=TEXT,
        text=text,
        actor=actor,
    )


def file_batch(*, initiative: Initiative, received_date: dt.date, actor: User) -> Record | None:
    """The förvaltning's covering letter: who sent what together, and what they wrote (R28, R55)."""
    batch = initiative.batch
    if batch is None:
        return None
    assert initiative.case is not None
    lines = [
        _("Sammanställning från %(name)s") % {"name": batch.administration},
        _("Skickad %(day)s av %(who)s")
        % {"day": batch.sent_at.date().isoformat(), "who": batch.sent_by},
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
        name="mottagningsbekraftelse.txt",
        content=text.encode(),
        content_type=TEXT,
        text=text,
        actor=actor,
    )
