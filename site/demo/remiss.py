# SPDX-License-Identifier: EUPL-1.2
"""Remisser of the demo: sent out, answered in every way there is, and ended (R65)."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from casework.consultation.enums import AnswerState
from casework.consultation.models import Consultation
from casework.consultation.services import (
    Asked,
    close_consultation,
    extend_consultee,
    note_answer,
    open_consultation,
    state_no_consultation,
)

if TYPE_CHECKING:
    from demo.walk import Walk


class Remiss:
    """The remiss of one initiative, or the reason why there is none."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def consult(self) -> None:
        """Send it out, or state why not."""
        case, asked = self.walk.case(), self.walk.row.get("remiss", ())
        assert case is not None  # registered before
        if not asked:
            state_no_consultation(
                case=case,
                reason="De berörda har deltagit i beredningen och lämnat sina synpunkter där.",
                actor=self.walk.officer,
            )
            return
        consultation = open_consultation(
            case=case,
            consultees=[Asked(self.walk.cast.administrations[slug]) for slug, *_rest in asked],
            question="Hur påverkas förvaltningen, och vad saknas i förslaget?",
            deadline=timezone.localdate() + dt.timedelta(days=21),
            actor=self.walk.officer,
        )
        self.walk.after(6, 11, partial(self._answer, consultation.pk))
        told = [position for _slug, position, _text in asked]
        if all(position and position != "extended" for position in told):
            self.walk.after(7, 9, partial(self._end_consultation, consultation.pk))

    def _end_consultation(self, pk: int) -> None:
        close_consultation(consultation=Consultation.objects.get(pk=pk), actor=self.walk.officer)

    def _answer(self, pk: int) -> None:
        """What the consultees do: answer, abstain, say nothing, or ask for more time (R65)."""
        consultation = Consultation.objects.get(pk=pk)
        consultees = {row.administration_id: row for row in consultation.consultees.all()}
        for slug, position, text in self.walk.row["remiss"]:
            consultee = consultees[self.walk.cast.administrations[slug].pk]
            if position == "extended":
                extend_consultee(
                    consultee=consultee,
                    until=consultation.deadline + dt.timedelta(days=14),
                    reason="Nämnden sammanträder först i nästa månad.",
                    actor=self.walk.officer,
                )
            elif position in {AnswerState.DECLINED, AnswerState.NO_ANSWER}:
                note_answer(consultee=consultee, state=position, actor=self.walk.officer)
            elif position:
                note_answer(
                    consultee=consultee,
                    state=AnswerState.ANSWERED,
                    position=position,
                    text=text,
                    actor=self.walk.officer,
                )
