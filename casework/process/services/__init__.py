# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the process: one function per decision, in the order of the model."""

from casework.process.services.area import (
    admit,
    complete,
    rank,
    reject,
    request_completion,
)
from casework.process.services.city import (
    approve,
    decline,
    finish_implementation,
    give_committee_opinion,
    hand_to_committee,
    merge,
    note_participation,
    recommend,
    start_implementation,
)
from casework.process.services.core import ImpossibleTransition, missing_for, take_step
from casework.process.services.intake import (
    accept_scope,
    complete_preparation,
    exclude_scope,
    hand_to_group,
    register,
    return_to_originator,
    save_draft,
    save_preparation,
    send_batch,
    start_draft,
    submit,
    withdraw,
)

__all__ = [
    "ImpossibleTransition",
    "accept_scope",
    "admit",
    "approve",
    "complete",
    "complete_preparation",
    "decline",
    "exclude_scope",
    "finish_implementation",
    "give_committee_opinion",
    "hand_to_committee",
    "hand_to_group",
    "merge",
    "missing_for",
    "note_participation",
    "rank",
    "recommend",
    "register",
    "reject",
    "request_completion",
    "return_to_originator",
    "save_draft",
    "save_preparation",
    "send_batch",
    "start_draft",
    "start_implementation",
    "submit",
    "take_step",
    "withdraw",
]
