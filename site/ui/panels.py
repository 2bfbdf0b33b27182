# SPDX-License-Identifier: EUPL-1.2
"""Panels: a page made of several notions shows what they have registered for its kind.

A new notion adds its panel in its own ``panels.py``, which is read at start, and touches no other
file::

    register_panel(
        "case",
        Panel(
            key="consultation",
            title=_("Remiss"),
            order=70,
            shown_to=lambda user, file: file.case is not None,
            template="desk/consultation/panel.html",
            context=consultation_context,
        ),
    )

Kinds: ``case`` (the page of a case at the desk; the object is a `ui.case_file.CaseFile`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from casework.organisation.models import User

Place = Literal["top", "main", "aside"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page.

    Attributes:
        key: its name within the kind.
        order: panels of a place stand by it, the lowest first.
        shown_to: whether the person sees it for this object.
        template: draws the panel; gets ``panel`` and what ``context`` returns.
        context: what the template shows; it is asked only when the panel is shown.
        place: over the page's full width, in its text, or beside it.
    """

    key: str
    title: str | Promise
    order: int
    shown_to: Callable[[User, Any], bool]
    template: str
    context: Callable[[User, Any], Mapping[str, object]]
    place: Place = "main"


_PANELS: defaultdict[str, dict[str, Panel]] = defaultdict(dict)


def register_panel(kind: str, panel: Panel) -> Panel:
    """Add a panel to the pages of a kind.

    Raises:
        ValueError: the kind has a panel with that key.
    """
    if panel.key in _PANELS[kind]:
        raise ValueError(f"{kind} has a panel {panel.key!r} already")
    _PANELS[kind][panel.key] = panel
    return panel


def panels_of(kind: str, user: User, obj: object) -> list[Panel]:
    """The panels that the person sees for this object, in order."""
    shown = [panel for panel in _PANELS[kind].values() if panel.shown_to(user, obj)]
    return sorted(shown, key=lambda panel: (panel.order, panel.key))
