# SPDX-License-Identifier: EUPL-1.2
"""The whole journal of a case."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _l

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
