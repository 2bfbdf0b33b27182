# SPDX-License-Identifier: EUPL-1.2
"""The whole journal of a case, and what has been done to accounts and appointments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.journal.models import JournalEntry
from casework.journal.services import OFFICE_CHAIN
from casework.organisation.permissions import may_audit
from casework.register.history import (
    as_they_were,
    case_then,
    may_see_lists_of_then,
    registered_until,
)
from casework.register.models import Case, Record
from desk.journal.changes import Names, plain_words
from desk.journal.events import as_events, entries_of, label_of
from ui.base import DeskView
from ui.days import read_day
from ui.lookups import case_or_404
from ui.results import page_number

PER_PAGE = 50


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
        entries = entries_of(self.user, case, subjects)
        text = self.request.GET.get("q", "").strip()[:200]
        rows = [
            (event, entry)
            for event, entry in zip(as_events(self.user, entries), entries, strict=True)
            if event.holds(text)
        ]
        return super().get_context_data(case=case, rows=rows, q=text, **kwargs)


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
            Q(action__startswith="organisation.") | Q(action__startswith="follow_up.stand_in"),
            chain=OFFICE_CHAIN,
        ).select_related("actor")
        page = Paginator(entries, 50).get_page(self.request.GET.get("p"))
        shown = list(page)
        rows = list(zip(as_events(self.user, shown), shown, strict=True))
        return super().get_context_data(page=page, rows=rows, **kwargs)


def day_asked_for(request: HttpRequest) -> tuple[dt.date, str]:
    """The day in the address, today where there is none; and what is wrong with it."""
    today = timezone.localdate()
    text = request.GET.get("dag", "").strip()
    if not text:
        return today, ""
    try:
        day = read_day(text) or dt.date.fromisoformat(text)
    except ValueError:
        return today, _("Skriv dagen som 2026-11-23.")
    if day > today:
        return today, _("Den dagen har inte varit än.")
    return day, ""


class CaseAsOfView(DeskView):
    """A case as it looked at the end of a day, for those let in to it."""

    template_name = "desk/journal/case_as_of.html"
    header_icon = "history"
    page_title = _l("Så såg ärendet ut")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its fields and records in words."""
        case = case_or_404(self.user, self.kwargs["pk"])
        if not case.is_internal:
            raise Http404
        day, fault = day_asked_for(self.request)
        state = case_then(self.user, case, day)
        records: Any = state.pop("records", {})
        rows = [(dnr, name, value) for dnr, row in records.items() for name, value in row.items()]
        names = Names(self.user)
        names.look_up([(Case, name, value) for name, value in state.items()])
        names.look_up([(Record, name, value) for _dnr, name, value in rows])
        return super().get_context_data(
            case=case,
            day=day,
            fault=fault,
            is_registered=bool(state),
            facts=_told(names, Case, state),
            records=[
                (dnr, row["title"], bool(row["voided_at"]), _told(names, Record, row))
                for dnr, row in records.items()
            ],
            **kwargs,
        )


def _told(names: Names, model: type[Model], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields that hold something, in words."""
    found = [(label_of(name), names.words(model, name, value)) for name, value in values.items()]
    return [(label, words) for label, words in found if words]


class CasesAsOfView(DeskView):
    """The diary's list as it looked at the end of a day, for those who keep it."""

    template_name = "desk/journal/cases_as_of.html"
    header_icon = "history"
    page_title = _l("Diariet en viss dag")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of it: number, title, who had it and where it stood."""
        if not may_see_lists_of_then(self.user):
            raise PermissionDenied
        day, fault = day_asked_for(self.request)
        rows = registered_until(self.user, day)
        year = self.request.GET.get("ar", "")
        if year.isdecimal() and len(year) == 4:
            rows = rows.filter(year=int(year))
        number = max(1, page_number(self.request.GET.get("sida", "1")))
        start = (number - 1) * PER_PAGE
        found = list(rows[start : start + PER_PAGE + 1])
        then = as_they_were(found[:PER_PAGE], day)
        names = Names(self.user)
        names.look_up(
            (Case, name, row.values[name]) for row in then for name in ("officer", "unit")
        )
        return super().get_context_data(
            day=day,
            fault=fault,
            year=year,
            number=number,
            has_more=len(found) > PER_PAGE,
            rows=[
                {
                    "case": row.case,
                    "title": row.values["title"],
                    "officer": names.words(Case, "officer", row.values["officer"])
                    or names.words(Case, "unit", row.values["unit"]),
                    "state": _state(row.values),
                }
                for row in then
            ],
            **kwargs,
        )


def _state(values: Mapping[str, Any]) -> str:
    if values["voided_at"]:
        return _("Makulerat")
    if values["outcome"]:
        return plain_words(Case, "outcome", values["outcome"])
    return _("Avslutat") if values["closed_at"] else _("Öppet")
