# SPDX-License-Identifier: EUPL-1.2
"""The patterns as template tags: `{% load parts %}`, then one tag per pattern."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from casework.initiatives.basis import in_tkr, spaced
from ui.hyphens import breakable, short
from ui.links import url_for
from ui.patterns import CaseHead, Crumb, Decision, Event, LineStage, SummaryRow, Tag

register = template.Library()

#: Shapes on a 24 × 24 grid, drawn for this product.
ICONS = {
    "done": ("M9.6 18.2 3.9 12.5l2.1-2.1 3.6 3.6L18 5.6l2.1 2.1z"),
    "now": ("M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z"),
    "wait": (
        "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2.6a7.4 7.4 0 1 1 0 14.8 7.4 7.4 0 0 1"
        " 0-14.8zM10.8 7h2.4v4.6l3.4 2-1.2 2-4.6-2.7z"
    ),
    "stop": ("M6 3.9 3.9 6l6 6-6 6L6 20.1l6-6 6 6 2.1-2.1-6-6 6-6L18 3.9l-6 6z"),
    "neutral": (
        "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2.6a5.4 5.4 0 1 1 0 10.8 5.4 5.4 0 0 1 0-10.8z"
    ),
    "secret": ("M7 10V8a5 5 0 0 1 10 0v2h1.5v11h-13V10zm2.6 0h4.8V8a2.4 2.4 0 0 0-4.8 0z"),
    "loop": ("M12 5V1.8L6.6 6.4 12 11V7.7a5.6 5.6 0 1 1-5.6 5.6H3.7A8.3 8.3 0 1 0 12 5z"),
    "copy": ("M8 2h12v15h-3v-2.5h.5v-10h-7V5H8zM4 7h12v15H4zm2.5 2.5v10h7v-10z"),
    "search": (
        "M10.5 3a7.5 7.5 0 1 0 4.5 13.5l4.6 4.6 2-2-4.6-4.6A7.5 7.5 0 0 0 10.5 3zm0 2.8a4.7"
        " 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4z"
    ),
    "remove": (
        "M6.4 4.5 4.5 6.4l5.6 5.6-5.6 5.6 1.9 1.9 5.6-5.6 5.6 5.6 1.9-1.9-5.6-5.6"
        " 5.6-5.6-1.9-1.9-5.6 5.6z"
    ),
    "arrow": ("m13.2 4.5 7.5 7.5-7.5 7.5-1.9-1.9 4.2-4.3H3.5v-2.6h12l-4.2-4.3z"),
    "info": ("M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.4 4.6h2.8v2.8h-2.8zm0 4.2h2.8v6.6h-2.8z"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a decorative shape; the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path fill-rule="evenodd" d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def address(thing: object, face: str) -> str:
    """Where a thing has its page: `<a href="{% address case "desk" %}">`."""
    return url_for(thing, face)


@register.inclusion_tag("parts/tag.html")
def status_tag(tag: Tag | str, shape: str = "neutral") -> dict[str, Any]:
    """Show a status: `{% status_tag tag %}` or `{% status_tag "Avslaget" "stop" %}`."""
    if isinstance(tag, Tag):
        return {"text": tag.text, "shape": tag.shape}
    return {"text": tag, "shape": shape}


@register.inclusion_tag("parts/case_head.html")
def case_head(head: CaseHead, actions: str = "") -> dict[str, Any]:
    """Show number, title, status, who has it and what comes next."""
    return {"head": head, "actions": actions}


@register.inclusion_tag("parts/line.html")
def line(stages: Sequence[LineStage], label: str = "") -> dict[str, Any]:
    """Draw the way from idea to decision."""
    return {
        "stages": [
            replace(stage, label=breakable(stage.label), decider=breakable(short(stage.decider)))
            for stage in stages
        ],
        "label": label,
    }


@register.inclusion_tag("parts/events.html")
def event_list(events: Iterable[Event], heading_level: int = 3) -> dict[str, Any]:
    """List events, newest first, grouped by day."""
    ordered = sorted(events, key=lambda event: event.on, reverse=True)
    days = [
        (day, when, list(group))
        for (day, when), group in itertools.groupby(
            ordered, key=lambda event: (event.on, event.when)
        )
    ]
    return {"days": days, "level": heading_level}


@register.inclusion_tag("parts/decision.html")
def decision_card(decision: Decision) -> dict[str, Any]:
    """Show one decision."""
    return {"decision": decision}


@register.inclusion_tag("parts/summary.html")
def summary_list(rows: Iterable[SummaryRow]) -> dict[str, Any]:
    """List answers or facts, each with the way to change it."""
    return {"rows": rows}


@register.inclusion_tag("parts/crumbs.html")
def crumbs(*way: Crumb | str) -> dict[str, Any]:
    """Show the way here: `{% crumbs "Start" "/" "Diariet" %}` or `Crumb` objects."""
    if way and isinstance(way[0], list | tuple):
        return {"crumbs": way[0]}
    found: list[Crumb] = []
    items = list(way)
    while items:
        label = items.pop(0)
        if isinstance(label, Crumb):
            found.append(label)
        else:
            found.append(Crumb(str(label), str(items.pop(0)) if items else ""))
    return {"crumbs": found}


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: Form) -> dict[str, Any]:
    """List every error first on the page, each a link to its field; the script moves focus here."""
    faults = [
        (_focus_id(form[name]), message)
        for name, messages in form.errors.items()
        if name != "__all__"
        for message in messages
    ]
    return {"faults": faults, "general": form.non_field_errors()}


@register.inclusion_tag("parts/field.html")
def form_field(field: BoundField, unit: str = "", width: str = "") -> dict[str, Any]:
    """Draw a field: label above, hint under it, its error, and the unit in the field's row."""
    widget = field.field.widget
    is_group = getattr(widget, "input_type", "") in {"radio", "checkbox"} and bool(
        getattr(widget, "choices", None)
    )
    described = [
        f"{field.auto_id}-hint" if field.help_text else "",
        f"{field.auto_id}-error" if field.errors else "",
    ]
    attributes: dict[str, Any] = {}
    if any(described):
        attributes["aria-describedby"] = " ".join(name for name in described if name)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": field,
        "unit": unit,
        "width": width,
        "is_optional": not field.field.required and "data-needed" not in widget.attrs,
        "is_group": is_group,
        "is_checkbox": getattr(widget, "input_type", "") == "checkbox" and not is_group,
        "control": "" if is_group else field.as_widget(attrs=attributes),
        "focus_id": _focus_id(field),
    }


def _focus_id(field: BoundField) -> str:
    subwidgets = field.subwidgets
    if (
        len(subwidgets) > 1
        and getattr(field.field.widget, "choices", None)
        and getattr(field.field.widget, "input_type", "") in {"radio", "checkbox"}
    ):
        return str(subwidgets[0].id_for_label)
    return str(field.id_for_label or field.auto_id)


@register.inclusion_tag("parts/empty.html")
def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Say why a list is empty and what to do."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Any, parameter: str = "sida") -> dict[str, Any]:
    """Show previous and next with counts; the address keeps the rest of the query."""
    query: QueryDict = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def thousands(value: int | None) -> str:
    """Show a number with its spaces, where the heading says what it is: 1250 → "1 250"."""
    return "" if value is None else spaced(value)


@register.filter
def tkr(value: int | None) -> SafeString | str:
    """Show an amount: 1250 → "1 250 tkr", with spaces that do not break."""
    if value is None:
        return ""
    return mark_safe(in_tkr(value))  # noqa: S308  digits, spaces and the unit only
