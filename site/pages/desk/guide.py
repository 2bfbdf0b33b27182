# SPDX-License-Identifier: EUPL-1.2
"""Help: every stage and transition on one page, drawn from the state machine itself."""

from __future__ import annotations

from typing import Any

from casework.process.catalogue import TRANSITIONS
from casework.process.enums import Stage
from casework.process.graph import MANDATE_WORDS, edges, svg
from pages.desk.base import DeskView


class GuideView(DeskView):
    """How an initiative goes from idea to decision, and who decides what (R47)."""

    template_name = "desk/guide.html"
    header_icon = "help"
    page_title = "Så går det till"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The picture and its table."""
        rows = [
            {
                "from": Stage(source).label,
                "to": Stage(target).label,
                "label": TRANSITIONS[name].label,
                "who": MANDATE_WORDS[TRANSITIONS[name].mandate],
            }
            for name, source, target in edges()
        ]
        return super().get_context_data(picture=svg(), rows=rows, **kwargs)
