# SPDX-License-Identifier: EUPL-1.2
"""The only writers of remisser and expert requests."""

from casework.consultation.services.experts import answer_expert, ask_expert, withdraw_expert
from casework.consultation.services.remiss import (
    Asked,
    add_consultee,
    close_consultation,
    extend_consultee,
    note_answer,
    open_consultation,
    state_no_consultation,
)

__all__ = [
    "Asked",
    "add_consultee",
    "answer_expert",
    "ask_expert",
    "close_consultation",
    "extend_consultee",
    "note_answer",
    "open_consultation",
    "state_no_consultation",
    "withdraw_expert",
]
