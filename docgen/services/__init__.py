# SPDX-License-Identifier: EUPL-1.2
"""The only writers of reports and their documents: one function for each thing a person does."""

from docgen.services.generation import render, request_generation, run_generation
from docgen.services.reports import (
    create_report,
    load_founding_report,
    report_of,
    save_draft,
)
from docgen.services.returns import apply_returned, read_returned, receive_returned

__all__ = [
    "apply_returned",
    "create_report",
    "load_founding_report",
    "read_returned",
    "receive_returned",
    "render",
    "report_of",
    "request_generation",
    "run_generation",
    "save_draft",
]
