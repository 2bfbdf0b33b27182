# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the lists. Persons order; no list decides by itself (KL 6:38)."""

from casework.prioritisation.services.area import fix_ranking, reopen_ranking, save_order
from casework.prioritisation.services.council import Advice, recommend, refer_back
from casework.prioritisation.services.decision import CouncilVerdict, decide
from casework.prioritisation.services.lists import ChangedMeanwhile
from casework.prioritisation.services.proposal import (
    give_committee_opinion,
    hand_eservices_to_committee,
    hand_over,
    leave_out,
    save_proposal,
    what_is_missing,
)
from casework.prioritisation.services.rehearsing import (
    keep_rehearsal,
    take_over_rehearsal,
    throw_rehearsal,
)
from casework.prioritisation.services.suggesting import suggest_order

__all__ = [
    "Advice",
    "ChangedMeanwhile",
    "CouncilVerdict",
    "decide",
    "fix_ranking",
    "give_committee_opinion",
    "hand_eservices_to_committee",
    "hand_over",
    "keep_rehearsal",
    "leave_out",
    "recommend",
    "refer_back",
    "reopen_ranking",
    "save_order",
    "save_proposal",
    "suggest_order",
    "take_over_rehearsal",
    "throw_rehearsal",
    "what_is_missing",
]
