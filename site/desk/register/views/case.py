# SPDX-License-Identifier: EUPL-1.2
"""The page of a case: a frame around the panels that the notions have registered.

An initiative that has no number yet has the same page.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _l

from casework.process.enums import Stage
from casework.register.models import Record
from desk.register.panels import with_reading
from desk.register.presenters import head_of
from ui.base import DeskView
from ui.case_file import CaseFile
from ui.links import url_for
from ui.lookups import case_file_or_404, case_or_404, initiative_or_404
from ui.panels import panels_of


class CaseFrameView(DeskView):
    """Head and panels."""

    template_name = "desk/register/case.html"
    header_icon = "folder-open-inverse"
    crumbs = ((_l("Ärenden"), "case:index"),)
    file: CaseFile

    def get_page_title(self) -> str:
        """The number, or the title before there is one."""
        return self.file.case.dnr if self.file.case else str(self.file.initiative)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The head, and the panels that this person sees."""
        file = self.file
        case, initiative = file.case, file.initiative
        title = case.shown_title if case else str(initiative)
        standing = file.standing if file.is_internal else None
        return super().get_context_data(
            case=case,
            initiative=initiative,
            file=file,
            head=head_of(initiative if file.is_internal else None, case, title, standing),
            panels=panels_of("case", self.user, file),
            **kwargs,
        )


class CaseView(CaseFrameView):
    """The page of a registered case."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the case, or answer as if it did not exist."""
        self.file = case_file_or_404(self.user, kwargs["pk"])
        return super().get(request, *args, **kwargs)


class InitiativeView(CaseFrameView):
    """The page of an initiative that has no number yet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; once it is registered its page is the case's."""
        initiative = initiative_or_404(self.user, kwargs["pk"])
        if initiative.case_id:
            return redirect(url_for(initiative, "desk"))
        if initiative.process.stage == Stage.DRAFT and initiative.originator_id != self.user.pk:
            raise Http404
        self.file = CaseFile(initiative=initiative)
        return super().get(request, *args, **kwargs)


class RecordsView(DeskView):
    """All records of a case, a page at a time."""

    template_name = "desk/register/all_records.html"
    header_icon = "doc-full"
    page_title = _l("Handlingar")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The records that the person may see, the oldest first."""
        case = case_or_404(self.user, self.kwargs["pk"])
        rows = (
            Record.objects.shown_to(self.user)
            .filter(case=case)
            .prefetch_related(with_reading())
            .order_by("entry__record_number")
        )
        page = Paginator(rows, 100).get_page(self.request.GET.get("sida"))
        return super().get_context_data(case=case, page=page, **kwargs)
