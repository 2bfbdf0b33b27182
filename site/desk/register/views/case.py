# SPDX-License-Identifier: EUPL-1.2
"""The page of a case: a frame around the panels that the notions have registered.

An initiative that has no number yet has the same page.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _l

from casework.follow_up.services import see_case
from casework.process.enums import Stage
from casework.register.models import Record
from casework.register.permissions import is_registrar, may_look_after
from desk.register.filters import RECORD_HEADS, records_found, records_ordering
from desk.register.panels import with_reading
from desk.register.presenters import head_of
from ui.base import DeskView
from ui.case_file import CaseFile
from ui.links import url_for
from ui.lookups import case_file_or_404, case_or_404, initiative_or_404
from ui.panels import panels_of
from ui.places import place_of


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
            place=place_of(self.request, case) if case else None,
            **kwargs,
        )


class CaseView(CaseFrameView):
    """The page of a registered case."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the case, or answer as if it did not exist."""
        self.file = case_file_or_404(self.user, kwargs["pk"])
        case = self.file.case
        if case is not None and self.file.facts.new_records and not _fetched_ahead(request):
            self.file.just_seen = see_case(case=case, actor=self.user)
        return super().get(request, *args, **kwargs)


def _fetched_ahead(request: HttpRequest) -> bool:
    """Whether the browser asks before the person does; that is no opening."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in purpose


class PlaceView(DeskView):
    """Only the case's place in the list that one came from: asked for when an action led back."""

    template_name = "desk/register/place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As on the case's page."""
        case = case_or_404(self.user, self.kwargs["pk"])
        return {"place": place_of(self.request, case), "case": case}


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
        """The records that the person may see, searched and sorted, else the oldest first."""
        case = case_or_404(self.user, self.kwargs["pk"])
        asked = self.request.GET
        ordering = records_ordering(asked.get("ordering"))
        text = asked.get("q", "").replace("\x00", "").strip()[:200]
        rows = records_found(Record.objects.shown_to(self.user).filter(case=case), text)
        page = Paginator(ordering.sort(rows).prefetch_related(with_reading()), 100).get_page(
            asked.get("sida")
        )
        heads = [
            (label, _turned(asked, name, ordering.name), _direction(name, ordering.name))
            for name, label in RECORD_HEADS.items()
        ]
        may = {
            "is_registrar": is_registrar(self.user, case),
            "may_look_after": may_look_after(self.user, case),
        }
        words = {"case": case, "page": page, "q": text, "heads": heads}
        return super().get_context_data(**(words | may | kwargs))


def _direction(name: str, now: str) -> str:
    """What a sorted head says of itself."""
    if now.removeprefix("-") != name:
        return ""
    return "descending" if now.startswith("-") else "ascending"


def _turned(asked: QueryDict, name: str, now: str) -> str:
    """The question with another order: by this head, or the other way round if it is so now."""
    query = asked.copy()
    query.pop("sida", None)
    query["ordering"] = f"-{name}" if now == name else name
    return query.urlencode()
