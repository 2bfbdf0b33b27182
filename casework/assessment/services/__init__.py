# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the judgements. They suggest; persons decide (KL 6:38)."""

from casework.assessment.services.agreeing import agree_scores
from casework.assessment.services.judging import (
    Given,
    open_scores,
    save_places,
    save_scores,
    submit_sheet,
)

__all__ = [
    "Given",
    "agree_scores",
    "open_scores",
    "save_places",
    "save_scores",
    "submit_sheet",
]
