# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: what was decided, and what was handed out."""

from __future__ import annotations

from collections.abc import Iterator

from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.disclosure.models.items import copy_storage
from casework.journal.row_audit import KeptTable, owner_faults
from casework.register.audit_rows import stored_file_fault

TABLES = (
    KeptTable(DisclosureRequest, "pk"),
    KeptTable(DisclosureItem, "request"),
    KeptTable(HandedFile, "item__request"),
)


def disclosure_faults() -> Iterator[str]:
    """Requests to see a record, what was answered, and the masked copies (TF 2:18)."""
    yield from owner_faults(DisclosureRequest, TABLES, prefix="disclosure", name=str)
    copies = HandedFile.objects.filter(source=None).values_list("copy", "sha256")
    for name, sha256 in copies.iterator():
        if problem := stored_file_fault(copy_storage(), name, sha256):
            yield f"{name}: {problem}."
