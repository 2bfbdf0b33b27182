# SPDX-License-Identifier: EUPL-1.2
"""Where the desk shows what came in."""

from django.urls import reverse

from casework.inbox.models import InboxFile
from ui.links import link
from ui.pages import is_showable


@link(InboxFile, "desk")
def file(found: InboxFile) -> str:
    """Its pages, where it has any that can be shown; else the file."""
    pages = is_showable(found.original_name)
    return reverse("desk_inbox_pages" if pages else "desk_inbox_file", args=[found.pk])
