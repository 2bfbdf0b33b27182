# SPDX-License-Identifier: EUPL-1.2
"""The whole journal of a case, and what has been done to accounts and appointments."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _l

from casework.journal.models import JournalEntry
from casework.journal.services import OFFICE_CHAIN
from casework.organisation.permissions import may_audit
from desk.journal.events import as_event, entries_of
from ui.base import DeskView
from ui.lookups import case_or_404


class CaseHistoryView(DeskView):
    """The whole journal of a case, the small events too; for those let in to the case.

    The journal tells what stood before and after, so it has no public face: whom publicity alone
    lets in gets no history (OSL 5:2).
    """

    template_name = "desk/journal/history.html"
    header_icon = "history"
    page_title = _l("Händelser")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every entry, with what the hash chain says of its place."""
        case = case_or_404(self.user, self.kwargs["pk"])
        if not case.is_internal:
            raise Http404
        subjects = [case.subject]
        if hasattr(case, "initiative"):
            subjects.append(case.initiative.subject)
        rows = [(as_event(entry), entry) for entry in entries_of(self.user, case, subjects)]
        return super().get_context_data(case=case, rows=rows, **kwargs)


class OfficeHistoryView(DeskView):
    """What administrators have done: people, appointments, bodies, passwords and factors.

    For administrators and for auditors, so that nobody's role is given unseen.
    """

    template_name = "desk/journal/office.html"
    header_icon = "history"
    page_title = _l("Konton och uppdrag: händelser")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of the office's chain, the newest first."""
        if not may_audit(self.user):
            raise PermissionDenied
        entries = JournalEntry.objects.filter(
            chain=OFFICE_CHAIN, action__startswith="organisation."
        ).select_related("actor")
        page = Paginator(entries, 50).get_page(self.request.GET.get("p"))
        rows = [(as_event(entry), entry) for entry in page]
        return super().get_context_data(page=page, rows=rows, **kwargs)
