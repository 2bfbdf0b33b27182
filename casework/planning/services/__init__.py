# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the calendar."""

from casework.planning.services.areas import (
    add_area,
    change_area,
    lock_shares,
    set_frame,
    set_merge_rule,
    take_in_new_area,
)
from casework.planning.services.criteria import (
    HEAVIEST,
    KEY_LENGTH,
    LABEL_LENGTH,
    WORDS_LENGTH,
    CriterionRow,
    save_criteria,
    take_criteria_into_use,
)
from casework.planning.services.rounds import (
    ALL_DATES,
    DATES,
    change_round,
    copy_cycle,
    mark_closed,
    mark_open,
    open_cycle,
)

__all__ = [
    "ALL_DATES",
    "DATES",
    "HEAVIEST",
    "KEY_LENGTH",
    "LABEL_LENGTH",
    "WORDS_LENGTH",
    "CriterionRow",
    "add_area",
    "change_area",
    "change_round",
    "copy_cycle",
    "lock_shares",
    "mark_closed",
    "mark_open",
    "open_cycle",
    "save_criteria",
    "set_frame",
    "set_merge_rule",
    "take_criteria_into_use",
    "take_in_new_area",
]
