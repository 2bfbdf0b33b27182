# SPDX-License-Identifier: EUPL-1.2
"""Where the desk shows what came in."""

from django.urls import reverse

from casework.inbox.models import InboxFile, InboxItem
from ui.links import link
from ui.pages import is_showable


@link(InboxItem, "desk")
def item(found: InboxItem) -> str:
    """Its place in the lane, or what became of it."""
    return reverse("desk_inbox_item", args=[found.pk])


@link(InboxFile, "desk")
def file(found: InboxFile) -> str:
    """Its pages, where it has any that can be shown; else the file."""
    pages = is_showable(found.original_name)
    return reverse("desk_inbox_pages" if pages else "desk_inbox_file", args=[found.pk])
