# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the machines: one function per decision, in the order of the model.

Decisions on whole lists (ranking, proposal, recommendation, the city council's) stand in
:mod:`casework.prioritisation.services`.
"""

from casework.process.services.core import (
    Act,
    Details,
    ImpossibleTransition,
    earliest_day,
    lock_processes,
    missing_for,
    point_of,
    take_step,
)
from casework.process.services.deferral import defer_by
from casework.process.services.drafts import (
    attach_file,
    copy_draft,
    discard_draft,
    remove_file,
    save_draft,
    start_draft,
    start_for,
)
from casework.process.services.group import (
    admit,
    complete,
    defer,
    reject,
    request_completion,
)
from casework.process.services.intake import (
    complete_preparation,
    join_with,
    part_written_by,
    register,
    reopen_preparation,
    return_to_originator,
    save_preparation,
    send_back,
    send_batch,
    series_of_the_model,
    submit,
    withdraw,
)
from casework.process.services.preparation import (
    accept_scope,
    exclude_scope,
    finish_implementation,
    hand_to_group,
    postpone,
    reconsider_scope,
    start_implementation,
    uphold_scope,
)
from casework.process.services.progress import report_progress, save_programme
from casework.process.services.rounds import (
    change_round_of,
    close_round,
    join,
    join_round_for,
    nominate_supplement,
    open_round,
)
from casework.process.services.sitting import decide_noted

__all__ = [
    "Act",
    "Details",
    "ImpossibleTransition",
    "accept_scope",
    "admit",
    "attach_file",
    "change_round_of",
    "close_round",
    "complete",
    "complete_preparation",
    "copy_draft",
    "decide_noted",
    "defer",
    "defer_by",
    "discard_draft",
    "earliest_day",
    "exclude_scope",
    "finish_implementation",
    "hand_to_group",
    "join",
    "join_round_for",
    "join_with",
    "lock_processes",
    "missing_for",
    "nominate_supplement",
    "open_round",
    "part_written_by",
    "point_of",
    "postpone",
    "reconsider_scope",
    "register",
    "reject",
    "remove_file",
    "reopen_preparation",
    "report_progress",
    "request_completion",
    "return_to_originator",
    "save_draft",
    "save_preparation",
    "save_programme",
    "send_back",
    "send_batch",
    "series_of_the_model",
    "start_draft",
    "start_for",
    "start_implementation",
    "submit",
    "take_step",
    "uphold_scope",
    "withdraw",
]
