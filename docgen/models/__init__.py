# SPDX-License-Identifier: EUPL-1.2
"""Reports, what they consist of, and the files made of them; see docs/mechanisms/documents.md."""

from docgen.models.files import (
    LOST,
    DocumentTemplate,
    GeneratedDocument,
    ReturnedDocument,
    document_storage,
    stored_name,
)
from docgen.models.reports import (
    Attachment,
    DecisionGroup,
    DecisionPoint,
    Officer,
    Part,
    Recipient,
    Report,
    ReportDissent,
    ReportSection,
    Signatory,
)

__all__ = [
    "LOST",
    "Attachment",
    "DecisionGroup",
    "DecisionPoint",
    "DocumentTemplate",
    "GeneratedDocument",
    "Officer",
    "Part",
    "Recipient",
    "Report",
    "ReportDissent",
    "ReportSection",
    "ReturnedDocument",
    "Signatory",
    "document_storage",
    "stored_name",
]
