# SPDX-License-Identifier: EUPL-1.2
"""What all public pages read: the public diary's own tables and nothing else.

A case that is secret or unpublished has no row in :class:`PublicCase`, so no page, count or hint
can hold it. Its events are written with each step whether it is published or not; they are read
here by way of that row only, so that publishing late, hiding and publishing again tells the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from casework.meetings.models import Decision
from casework.meetings.selectors import decisions_of
from casework.register.models import EarlierDecision, PublicCase, PublicEvent


def public_cases() -> QuerySet[PublicCase]:
    """All published cases, until the last day of each."""
    return PublicCase.objects.shown().select_related("service_area")


def public_events(case: PublicCase) -> list[PublicEvent]:
    """What the public may know of what happened, in the order in which it was noted."""
    return list(PublicEvent.objects.filter(case=case.case_id).select_related("body").order_by("pk"))


def historic_decisions(case: PublicCase) -> list[Decision]:
    """A published case's decisions from before there was this register, with dissent (R61, R70).

    Of decisions made since, the public is told by the events: their points and dissenting persons
    stand in the body's minutes.
    """
    return list(decisions_of(case.case).filter(is_historic=True))


def paragraphs_of(case: PublicCase, events: Sequence[PublicEvent]) -> dict[int, str]:
    """The paragraph of the minutes in which each event was decided, by the event's primary key.

    Each decision of a body in a case made one event, so the two are paired in the order in which
    a body took them on a day.
    """
    rows = Decision.objects.filter(case=case.case_id, is_historic=False).order_by("pk")
    by_act: dict[tuple[int, dt.date | None], list[str]] = {}
    for body, day, paragraph in rows.values_list("body", "day", "paragraph"):
        by_act.setdefault((body, day), []).append(paragraph)
    found = {}
    for event in events:
        if event.body_id and (waiting := by_act.get((event.body_id, event.day))):
            found[event.pk] = waiting.pop(0)
    return found


def city_numbers() -> dict[str, int]:
    """How much there is to search."""
    return {"cases": PublicCase.objects.shown().count(), "earlier": EarlierDecision.objects.count()}
