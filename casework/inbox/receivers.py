# SPDX-License-Identifier: EUPL-1.2
"""What the inbox does when another room tells of something."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from casework.archive.services.disposal import delete_files
from casework.archive.signals import disposed
from casework.inbox import events
from casework.inbox.models import InboxItem
from casework.inbox.services.disposing import files_of
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.register.models import Record


@receiver(disposed, sender=Record)
def erase(*, record: Record, **_kwargs: Any) -> None:
    """Take away the text and the files of what came in as a record that is disposed of.

    That it came, from whom and when stays, as the lines of the diary do.
    """
    for item in InboxItem.objects.filter(record=record):
        item.text = ""
        item.save(update_fields=["text"])
        log(events.ERASED, item, actor=None, rows=digests_of(item))
        transaction.on_commit(partial(delete_files, files_of(item)))
