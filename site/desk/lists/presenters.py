# SPDX-License-Identifier: EUPL-1.2
"""Rows of the lists as cells: numbers that lead on, words for codes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.register.enums import Direction
from casework.register.lists import LastEvent, PublicRow
from casework.register.models import Case
from desk.lists.tables import Cell
from ui.bars import Bar, bars
from ui.links import url_for
from ui.present import marked_title

AGES = (
    (_l("Högst 30 dagar"), 0, 30),
    (_l("31–90 dagar"), 31, 90),
    (_l("91–180 dagar"), 91, 180),
    (_l("181–365 dagar"), 181, 365),
    (_l("Mer än ett år"), 366, 36_500),
)
"""How old an open case is, in days."""


def post_cells(record: Any) -> list[Cell]:
    """A row of the post list, as the person is shown it."""
    title = marked_title(record)
    if record.is_void:
        title = _("%(title)s (makulerad)") % {"title": title}
    return [
        Cell(record.dnr, url_for(record.case, "desk"), "dnr"),
        Cell(str(record.get_direction_display())),
        Cell(record.received_date, kind="nowrap"),
        Cell(title),
        Cell(record.shown_party),
        Cell(timezone.localtime(record.entry.registered_at), kind="nowrap"),
        Cell(str(record.case.authority)),
    ]


def public_cells(row: PublicRow) -> list[Cell]:
    """A row of the public list: nothing leads on, since nothing of it is for this desk alone."""
    left_out = _("Uppgift utelämnad")
    return [
        Cell(row.number, kind="dnr"),
        Cell(str(Direction(row.direction).label)),
        Cell(row.day, kind="nowrap"),
        Cell(left_out if row.left_out else _("Makulerad") if row.is_void else row.title),
        Cell(left_out if row.left_out else row.party or (_("Enskild") if row.is_private else "")),
    ]


def case_cells(case: Case, event: LastEvent | None) -> list[Cell]:
    """A row of the balance."""
    days = (timezone.localdate() - case.received_date).days
    last = f"{timezone.localdate(event.at)} {event.words}" if event else ""
    return [
        Cell(case.dnr, url_for(case, "desk"), "dnr"),
        Cell(marked_title(case)),
        Cell(case.received_date, kind="nowrap"),
        Cell(days, kind="number"),
        Cell(str(case.officer) if case.officer else ""),
        Cell(str(case.unit) if case.unit else ""),
        Cell(str(case.service_area) if case.service_area else ""),
        Cell(last),
    ]


def age_bars(cases: Any) -> list[Bar]:
    """How many open cases are how old, in one query."""
    today = timezone.localdate()

    def between(least: int, most: int) -> Q:
        return Q(
            received_date__lte=today - dt.timedelta(days=least),
            received_date__gte=today - dt.timedelta(days=most),
        )

    counted = cases.order_by().aggregate(
        **{f"age{n}": Count("pk", filter=between(*age[1:])) for n, age in enumerate(AGES)}
    )
    return bars([(str(age[0]), counted[f"age{n}"]) for n, age in enumerate(AGES)])
