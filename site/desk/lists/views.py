# SPDX-License-Identifier: EUPL-1.2
"""The lists: each a page, a print and a workbook, made from the same tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.meetings.models import Meeting
from casework.meetings.selectors import incoming_for, previous_meeting
from casework.organisation.models import Unit, User
from casework.organisation.selectors import roles_of
from casework.register import lists
from casework.register.models import Case, Record
from casework.register.permissions import diaries_of
from desk.lists.forms import (
    BalanceForm,
    IncomingForm,
    Narrowing,
    PostForm,
    PublicPostForm,
    YearForm,
)
from desk.lists.permissions import READERS
from desk.lists.presenters import age_bars, case_cells, post_cells, public_cells
from desk.lists.tables import Cell, Table
from ui.bars import bars
from ui.base import DeskView
from ui.exports import workbook

ON_A_PAGE = 500
IN_A_WORKBOOK = 20_000
"""So many rows of the long table a workbook holds; its last row says so where there are more."""


class ListsView(DeskView):
    """Which lists there are."""

    template_name = "desk/lists/lists.html"
    header_icon = "list-ul"
    page_title = _l("Post och balans")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who have no use of them."""
        if not roles_of(self.user) & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a public list may be made."""
        return super().get_context_data(keeps_diary=bool(diaries_of(self.user)), **kwargs)


class ListView(ListsView):
    """One list: a filter, tables, and the same as a workbook.

    Attributes:
        file: the workbook's name, without its ending.
    """

    template_name = "desk/lists/list.html"
    crumbs = ((_l("Post och balans"), "desk_lists"),)
    form_class: type[Narrowing]
    file = "lista"

    @cached_property
    def form(self) -> Any:
        """The filter, with what makes sense of the address."""
        return self.form_class(self.request.GET, user=self.user)

    def tables(self, *, whole: bool) -> Sequence[Table]:
        """The tables; whole for a workbook, else a page of the long one."""
        raise NotImplementedError

    def told(self) -> str:
        """What the list holds, in a sentence: it stands on paper too."""
        return ""

    def pictures(self) -> list[tuple[str, Any]]:
        """Rows of bars, by their names."""
        return []

    def page_of(self, rows: Any, *, whole: bool) -> Sequence[Any]:
        """The rows that are shown; remembers the page for the links to the others."""
        if whole:
            found = list(rows[: IN_A_WORKBOOK + 1])
            self.is_cut = len(found) > IN_A_WORKBOOK
            return found[:IN_A_WORKBOOK]
        self.page = Paginator(rows, ON_A_PAGE).get_page(self.request.GET.get("sida"))
        return list(self.page)

    page: Any = None
    is_cut = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or its tables as a workbook."""
        if request.GET.get("format") == "xlsx":
            sheets = {table.name: table.sheet() for table in self.tables(whole=True)}
            if self.is_cut:
                told = _("Bara de första %(count)s raderna. Välj en kortare tid eller färre.")
                next(iter(sheets.values())).append([told % {"count": IN_A_WORKBOOK}])
            return workbook(f"{self.file}-{timezone.localdate():%Y-%m-%d}.xlsx", sheets)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, words, pictures and tables."""
        tables = self.tables(whole=False)
        query = self.request.GET.copy()
        query["format"] = "xlsx"
        return super().get_context_data(
            form=self.form, tables=tables, told=self.told(), pictures=self.pictures(),
            page=self.page, xlsx=query.urlencode(), **kwargs,
        )  # fmt: skip


class PostView(ListView):
    """The post of a day or a period, as the person is shown it."""

    page_title = _l("Postlista")
    form_class = PostForm
    file = "postlista"

    def rows(self) -> Any:
        """The records, in the order in which they were registered."""
        first, last = self.form.period()
        authority = self.form.value("myndighet")
        return lists.post_rows(
            self.user, first, last, direction=self.form.value("riktning", ""),
            authority=authority.pk if authority else None,
        )  # fmt: skip

    def told(self) -> str:
        """Of which days, of whom."""
        first, last = self.form.period()
        days = f"{first}" if first == last else f"{first} – {last}"
        authority = self.form.value("myndighet")
        return f"{authority}, {days}" if authority else days

    def tables(self, *, whole: bool) -> Sequence[Table]:
        """One table."""
        head = [
            _("Nummer"), _("Riktning"), _("Datum"), _("Handling"), _("Från eller till"),
            _("Registrerad"), _("Myndighet"),
        ]  # fmt: skip
        rows = [post_cells(record) for record in self.page_of(self.rows(), whole=whole)]
        return [Table(_("Postlista"), head, rows)]


class PublicPostView(PostView):
    """The list that may be given to anybody: the public face alone, made by a registrar."""

    page_title = _l("Offentlig postlista")
    form_class = PublicPostForm
    file = "postlista-offentlig"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Registrars, who answer for what is given out of their diary."""
        if not diaries_of(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> Any:
        """Of the diaries that the person keeps."""
        rows = super().rows().filter(case__authority__in=diaries_of(self.user))
        if self.form.value("utan_sekretess"):
            rows = rows.filter(secrecy_provision="", case__secrecy_provision="")
        return rows

    def tables(self, *, whole: bool) -> Sequence[Table]:
        """One table, that holds nothing of what stays inside."""
        head = [_("Nummer"), _("Riktning"), _("Datum"), _("Handling"), _("Från eller till")]
        records: Sequence[Record] = self.page_of(self.rows(), whole=whole)
        faces = lists.public_faces(records, with_secret=True)
        return [Table(_("Postlista"), head, [public_cells(row) for row in faces])]


class BalanceView(ListView):
    """What lies open, the oldest first, and how much each officer has."""

    page_title = _l("Balanslista")
    form_class = BalanceForm
    file = "balanslista"

    @cached_property
    def cases(self) -> Any:
        """The open cases that the filter lets through."""
        everything = lists.open_cases(self.user)
        keys = [pk for pk, _n, _day in lists.balance_by_officer(everything) if pk]
        self.form.offer_officers(keys)
        chosen = {
            name: self.form.value(field)
            for name, field in (
                ("authority", "myndighet"), ("unit", "enhet"), ("officer", "handlaggare"),
                ("area", "omrade"),
            )
        }  # fmt: skip
        wanted = {name: row.pk for name, row in chosen.items() if row is not None}
        return lists.open_cases(self.user, **wanted)

    @cached_property
    def totals(self) -> list[tuple[int | None, int, dt.date]]:
        """How many, by officer."""
        return lists.balance_by_officer(self.cases)

    def told(self) -> str:
        """How many, and as of when."""
        count = sum(n for _pk, n, _oldest in self.totals)
        day = timezone.localdate()
        return _("%(count)s öppna ärenden den %(day)s") % {"count": count, "day": day}

    def pictures(self) -> list[tuple[str, Any]]:
        """By age."""
        return [(_("Öppna ärenden efter ålder"), age_bars(self.cases))] if self.totals else []

    def tables(self, *, whole: bool) -> Sequence[Table]:
        """The cases, then the officers."""
        rows = self.cases.select_related("officer", "unit", "service_area")
        cases: Sequence[Case] = self.page_of(rows, whole=whole)
        events = lists.last_events(cases)
        names = User.objects.in_bulk([pk for pk, _n, _oldest in self.totals if pk])
        people = [
            [
                Cell(str(names[pk]) if pk else _("Ingen handläggare")),
                Cell(n, kind="number"),
                Cell(oldest, kind="nowrap"),
            ]
            for pk, n, oldest in self.totals
        ]
        head = [
            _("Nummer"), _("Ärende"), _("Inkom"), _("Dagar"), _("Handläggare"), _("Enhet"),
            _("Område"), _("Senast hänt"),
        ]  # fmt: skip
        return [
            Table(
                _("Öppna ärenden"), head, [case_cells(case, events.get(case.pk)) for case in cases]
            ),
            Table(_("Per handläggare"), [_("Handläggare"), _("Öppna"), _("Äldsta")], people),
        ]


class IncomingView(ListView):
    """What came in since a body last met, to what it takes up."""

    page_title = _l("Inkomna skrivelser till sammanträdet")
    form_class = IncomingForm
    file = "inkommet"

    @cached_property
    def span(self) -> tuple[dt.date, dt.date]:
        """The days: those that were chosen, else since the last meeting."""
        meeting: Meeting | None = self.form.value("sammantrade")
        if meeting is None or self.form.value("fran"):
            days: tuple[dt.date, dt.date] = self.form.period()
            return days
        before = previous_meeting(meeting)
        first = before.day if before else meeting.day - dt.timedelta(days=30)
        return first, min(meeting.day, timezone.localdate())

    def told(self) -> str:
        """For whom, since when."""
        whom = self.form.value("sammantrade") or self.form.value("organ")
        if whom is None:
            return _("Välj ett sammanträde, eller ett organ och två dagar.")
        return f"{whom}: {self.span[0]} – {self.span[1]}"

    def tables(self, *, whole: bool) -> Sequence[Table]:
        """One table."""
        meeting: Meeting | None = self.form.value("sammantrade")
        body = meeting.body if meeting else self.form.value("organ")
        rows: Any = []
        if body is not None:
            found = incoming_for(self.user, body, *self.span, meeting=meeting)
            rows = found.select_related("case__authority", "entry")
        head = [
            _("Nummer"), _("Riktning"), _("Datum"), _("Handling"), _("Från"), _("Registrerad"),
            _("Myndighet"),
        ]  # fmt: skip
        return [
            Table(_("Inkommet"), head, [post_cells(row) for row in self.page_of(rows, whole=whole)])
        ]


class YearView(ListView):
    """A year by month, and by officer or unit."""

    page_title = _l("Diariet i siffror")
    form_class = YearForm
    file = "diariet"

    @cached_property
    def year(self) -> int:
        """The chosen year, else this one."""
        return int(self.form.value("ar", timezone.localdate().year))

    @property
    def holder(self) -> str:
        """By officer or by unit."""
        return str(self.form.value("per", "officer"))

    @cached_property
    def counts(self) -> lists.YearCounts:
        """The figures."""
        unit = self.form.value("enhet")
        return lists.year_counts(
            self.user, self.year, holder=self.holder, unit=unit.pk if unit else None
        )

    def told(self) -> str:
        """Of which year, of whom."""
        unit = self.form.value("enhet")
        return f"{self.year}, {unit}" if unit else str(self.year)

    def pictures(self) -> list[tuple[str, Any]]:
        """Opened and closed cases by month."""
        months = [str(MONTHS[number]) for number in range(1, 13)]
        return [
            (name, bars(list(zip(months, row.counts, strict=True))))
            for name, row in (
                (_("Nya ärenden per månad"), self.counts.opened),
                (_("Avslutade ärenden per månad"), self.counts.closed),
            )
            if row.total
        ]

    def tables(self, *, whole: bool) -> Sequence[Table]:
        """By month, and by holder."""
        counts = self.counts
        columns = [
            counts.incoming, counts.outgoing, counts.established, counts.opened, counts.closed,
        ]  # fmt: skip
        names = [_("Inkomna"), _("Utgående"), _("Upprättade"), _("Nya ärenden"), _("Avslutade")]
        months = [
            [Cell(str(MONTHS[n + 1])), *(Cell(row.counts[n], kind="number") for row in columns)]
            for n in range(12)
        ]
        total = [Cell(_("Hela året")), *(Cell(row.total, kind="number") for row in columns)]
        keys = [pk for pk, _opened, _closed in counts.by_holder if pk]
        model: Any = Unit if self.holder == "unit" else User
        called = model.objects.in_bulk(keys)
        holders = [
            [
                Cell(str(called[pk]) if pk else _("Ingen")),
                Cell(opened, kind="number"),
                Cell(closed, kind="number"),
            ]
            for pk, opened, closed in counts.by_holder
        ]
        who = _("Enhet") if self.holder == "unit" else _("Handläggare")
        return [
            Table(_("Per månad"), [_("Månad"), *names], [*months, total]),
            Table(who, [who, _("Nya ärenden"), _("Avslutade")], holders),
        ]
