# SPDX-License-Identifier: EUPL-1.2
"""The columns that the case list can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, Table

from casework.initiatives.models import Initiative
from casework.process.enums import Stage, stage_words
from casework.register.models import Case
from casework.register.numbers import best_reading, parse_short
from casework.register.services.together import version_of
from ui.places import address_in
from ui.present import marked_title, outcome_words

LISTING = "cases"
"""Under which a person's columns and saved lists of the cases are kept."""

PLACE = "arenden"
"""The list's name in the addresses of the cases that were reached from it."""


def stage_of(case: Case) -> str:
    """Where a case stands, in a word: on its way through the model, open, or what it came to."""
    if case.is_void:
        return gettext("Makulerat")
    if case.merged_into_id is not None:
        return stage_words(Stage.JOINED)
    initiative: Initiative | None = getattr(case, "initiative", None)
    if getattr(case, "is_internal", False) and initiative is not None:
        return stage_words(initiative.process.position)
    if case.outcome:
        return outcome_words(case.outcome)
    return gettext("Avslutat") if case.closed_at else gettext("Öppet")


def outcome_of(case: Case) -> str:
    """What it came to, in words."""
    return outcome_words(case.outcome) if case.outcome else ""


def closed_on(case: Case) -> str:
    """The day it was closed."""
    return timezone.localdate(case.closed_at).isoformat() if case.closed_at else ""


def shown_outside(case: Case) -> str:
    """Whether it stands in the web diary."""
    return gettext("Ja") if case.is_published else ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A column that a person may choose.

    Attributes:
        label: its words.
        options: of Wagtail's column.
    """

    label: str | Promise
    options: dict[str, Any]


OFFERED: dict[str, Offered] = {
    "title": Offered(
        _("Ärendemening"),
        {"accessor": marked_title, "sort_key": "title", "classname": "one-line", "width": "32%"},
    ),
    "party": Offered(
        _("Avsändare"),
        {"accessor": "shown_party", "sort_key": "party", "classname": "one-line", "width": "13%"},
    ),
    "case_type": Offered(
        _("Typ"),
        {"accessor": "get_case_type_display", "sort_key": "case_type", "width": "5.5em"},
    ),
    "service_area": Offered(
        _("Område"), {"sort_key": "service_area", "classname": "one-line", "width": "14%"}
    ),
    "officer": Offered(
        _("Handläggare"), {"sort_key": "officer", "classname": "one-line", "width": "14%"}
    ),
    "unit": Offered(_("Enhet"), {"sort_key": "unit", "classname": "one-line", "width": "14%"}),
    "due_on": Offered(
        _("Svar senast"), {"sort_key": "due_on", "classname": "nowrap", "width": "6.5em"}
    ),
    "class_code": Offered(
        _("Klass"), {"sort_key": "class_code", "classname": "one-line", "width": "12%"}
    ),
    "received_date": Offered(
        _("Inkom"), {"sort_key": "received_date", "classname": "nowrap", "width": "6.5em"}
    ),
    "stage": Offered(_("Läge"), {"accessor": stage_of, "classname": "one-line", "width": "17%"}),
    "decided_on": Offered(
        _("Beslutat"), {"sort_key": "decided_on", "classname": "nowrap", "width": "6.5em"}
    ),
    "outcome": Offered(
        _("Utfall"),
        {"accessor": outcome_of, "sort_key": "outcome", "classname": "one-line", "width": "14%"},
    ),
    "closed_at": Offered(
        _("Avslutat"),
        {"accessor": closed_on, "sort_key": "closed_at", "classname": "nowrap", "width": "6.5em"},
    ),
    "records": Offered(
        _("Handlingar"),
        {"accessor": "record_count", "sort_key": "records", "width": "6em"},
    ),
    "is_published": Offered(_("Webbdiariet"), {"accessor": shown_outside, "width": "6.5em"}),
}
"""By the names that are kept of a person's choice; the number stands first and is not chosen."""

USUAL = ("title", "party", "case_type", "service_area", "officer", "received_date", "stage")
"""What is shown to who has chosen nothing."""


class TextColumn(Column):
    """A cell of text, as Wagtail's, put together here.

    Wagtail renders a template for each cell; for the hundreds of a page that was a fourth of the
    time that the page took.
    """

    @cached_property
    def start(self) -> str:
        """What each cell begins with."""
        return format_html("<td{}>", flatatt({"class": self.classname}))

    def render_cell_html(self, instance: Case, parent_context: Any) -> str:
        """The cell."""
        return format_html("{}{}</td>", self.start, self.shown(instance))

    def shown(self, instance: Case) -> Any:
        """What stands in it; what is not there is shown as nothing."""
        value = self.get_value(instance)
        return "" if value is None else localize(value)


class TickColumn(BulkActionsCheckboxColumn):
    """Boxes that tell which version of each case was shown, so that nothing newer is overrun."""

    cell_template_name = "desk/tick_cell.html"

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        """With the version that is shown."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"version": version_of(instance)}


class NumberColumn(TextColumn):
    """The number, linked to the case in its place in this list."""

    def __init__(self, name: str, get_url: Callable[[Case], str], **options: Any) -> None:
        super().__init__(name, **options)
        self.get_url = get_url

    def shown(self, instance: Case) -> str:
        """The link, with the mark by which the keys find the rows."""
        return format_html(
            '<div class="title-wrapper"><a data-row="{}" href="{}"><span id="case_{}_title">{}'
            "</span></a></div>",
            instance.pk, self.get_url(instance), instance.pk, super().shown(instance),
        )  # fmt: skip


class CaseTable(Table):
    """The case list; each row can be led back to."""

    def get_row_attrs(self, instance: Case) -> dict[str, Any]:
        """Its own name."""
        attrs: dict[str, Any] = super().get_row_attrs(instance)
        return attrs | {"id": f"rad-{instance.pk}"}


def mark_of(query: str) -> str:
    """The place on a case's page that the list's question means: the record that a number names."""
    text = QueryDict(query).get("q") or ""
    reading, short = best_reading(text), parse_short(text)
    record = (reading and reading.record) or (short and short.record)
    return f"#handling-{record}" if record else ""


def columns_for(names: Iterable[str], query: str, *, tick: bool) -> list[Column]:
    """The columns of the list: boxes where something can be done, the number, what was chosen.

    Args:
        names: chosen; those that are no more are passed over.
        query: of the list, which each row's link carries along.
        tick: whether there are boxes.
    """
    mark = mark_of(query)
    link: Callable[[Case], str] = lambda case: address_in(case, PLACE, query) + mark  # noqa: E731
    first: list[Column] = [
        NumberColumn(
            "dnr",
            label=_("Nummer"),
            get_url=link,
            sort_key="dnr",
            classname="dnr title",
            width="7.5em",
        )
    ]
    if tick:
        first.insert(0, TickColumn("tick", label="", obj_type="case", width="2.5em"))
    chosen = [name for name in names if name in OFFERED] or list(USUAL)
    return first + [
        TextColumn(name, label=OFFERED[name].label, **OFFERED[name].options) for name in chosen
    ]
