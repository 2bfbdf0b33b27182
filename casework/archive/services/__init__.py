# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the archive: one function per thing that a person does."""

from casework.archive.services.closing import close, run_closing
from casework.archive.services.disposal import dispose, record_decision, set_retention
from casework.archive.services.undoing import run_undoing, undo_closing

__all__ = [
    "close",
    "dispose",
    "record_decision",
    "run_closing",
    "run_undoing",
    "set_retention",
    "undo_closing",
]
