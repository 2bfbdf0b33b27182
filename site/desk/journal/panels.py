# SPDX-License-Identifier: EUPL-1.2
"""What has happened, on the page of a case."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from desk.journal.events import as_events, entries_of
from ui.case_file import CaseFile
from ui.links import url_for
from ui.panels import Panel, register_panel

EVENTS_SHOWN = 50
"""So many events stand on the case's page; the history has them all."""


def _hides_something(file: CaseFile) -> bool:
    """Whether the case has what some of those let in to it may not read of."""
    facts, case = file.facts, file.case
    return case is not None and bool(
        facts.secret_records or facts.links or facts.merges or case.merged_into_id
    )


def _known(file: CaseFile) -> list[Model | None]:
    """What came with the case; the names of all else stand in the history."""
    case = file.case
    return [case.officer, case.unit, case.service_area] if case is not None else []


def events_context(user: User, file: CaseFile) -> dict[str, object]:
    """The newest events, and the way to all of them."""
    return {
        # Before there is a case there is no page of all, and few events.
        "events": as_events(
            user,
            entries_of(
                user,
                file.case if _hides_something(file) else None,
                file.subjects,
                quiet=True,
                most=EVENTS_SHOWN if file.case else None,
            ),
            known=_known(file),
            look_up=False,
        ),
        "as_of_url": url_for(file.case, "as_of") if file.case else "",
        "history_url": url_for(file.case, "history") if file.case else "",
    }


register_panel(
    "case",
    Panel(
        key="events",
        title=_("Händelser"),
        order=80,
        # The journal has no public face (OSL 5:2).
        shown_to=lambda user, file: file.is_internal,
        template="desk/journal/events.html",
        context=events_context,
    ),
)
