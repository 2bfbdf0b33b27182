# SPDX-License-Identifier: EUPL-1.2
"""The only writers of reports and their documents: one function for each thing a person does."""

from docgen.services import building
from docgen.services.finishing import finish_report
from docgen.services.generation import (
    render,
    request_generation,
    request_pdf,
    run_generation,
    run_pdf,
)
from docgen.services.reports import (
    create_report,
    load_founding_report,
    report_of,
    save_draft,
)
from docgen.services.returns import apply_returned, read_returned, receive_returned
from docgen.services.templates import (
    add_template,
    check_report,
    take_template_into_use,
    upload_template,
    use_shipped_template,
)
from docgen.services.weeding import weed_report

__all__ = [
    "add_template",
    "apply_returned",
    "building",
    "check_report",
    "create_report",
    "finish_report",
    "load_founding_report",
    "read_returned",
    "receive_returned",
    "render",
    "report_of",
    "request_generation",
    "request_pdf",
    "run_generation",
    "run_pdf",
    "save_draft",
    "take_template_into_use",
    "upload_template",
    "use_shipped_template",
    "weed_report",
]
