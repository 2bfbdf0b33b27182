# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's own list and form of the trivial model."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from benchmarks.plain.models import Note


class NoteViewSet(ModelViewSet):
    """Nothing but what Wagtail gives."""

    model = Note
    name = "note"
    icon = "doc-full"
    form_fields = ["title", "party", "received_date"]


@hooks.register("register_admin_viewset")
def register_viewset() -> NoteViewSet:
    """Let it have an address."""
    return NoteViewSet()
