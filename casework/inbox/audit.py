# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: what came in, what became of it, and its files."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from casework.inbox.models import InboxFile, InboxItem
from casework.journal.row_audit import KeptTable, owner_faults
from casework.register.audit_rows import stored_file_fault
from casework.register.models import record_storage

TABLES = (KeptTable(InboxItem, "pk"), KeptTable(InboxFile, "item"))


def inbox_faults() -> Iterator[str]:
    """Items and files that are changed, added or taken away past the services."""
    yield from owner_faults(InboxItem, TABLES, prefix="inbox", name=lambda item: item.subject)
    storage = record_storage()
    gone_at = Coalesce("item__disposed_at", "item__record__disposed_at")
    rows = InboxFile.objects.exclude(file="").values_list("item_id", "file", "sha256", gone_at)
    for item, name, sha256, gone in rows.iterator():
        if gone is not None:
            problem = _("filen är gallrad men finns kvar") if storage.exists(name) else ""
        else:
            problem = stored_file_fault(storage, name, sha256)
        if problem:
            yield _("inkorg %(item)s, %(name)s: %(problem)s.") % {
                "item": item,
                "name": name,
                "problem": problem,
            }
