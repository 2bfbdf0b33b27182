# SPDX-License-Identifier: EUPL-1.2
"""What the bodies' lists become in the minutes: one decision for each point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.meetings.models import Decision
from casework.meetings.services import record_decision
from casework.organisation.models import Body, User
from casework.process.enums import Opinion
from casework.process.models import Candidacy
from casework.process.services import (
    Act,
    ImpossibleTransition,
    earliest_day,
)


def decisions_on(
    candidacies: Sequence[Candidacy],
    kind: str,
    actor: User,
    act: Act | None,
    points: Sequence[str] | None,
    points_by: Mapping[int, Sequence[str]] | None = None,
) -> list[Decision]:
    """The body's decision on each case, in the order of the candidacies: one act."""
    body = Body.objects.in_force().filter(kind=kind).first()
    if body is None:
        raise ImpossibleTransition(_("Organet som ska besluta finns inte."))
    act = act or Act()
    days = [earliest_day(candidacy.initiative.process) for candidacy in candidacies]
    not_before: dt.date | None = max((day for day in days if day), default=None)
    if points_by is None:
        cases = [c.initiative.case for c in candidacies if c.initiative.case]
        return record_decision(
            cases=cases,
            body=body,
            actor=actor,
            meeting=act.meeting,
            delegation=act.delegation,
            day=act.day,
            paragraph=act.paragraph,
            points=list(points or ()),
            not_before=not_before,
        )
    found: list[Decision] = []
    paragraph = act.paragraph
    for candidacy in candidacies:
        assert candidacy.initiative.case is not None
        (decision,) = record_decision(
            cases=[candidacy.initiative.case],
            body=body,
            actor=actor,
            meeting=act.meeting,
            delegation=act.delegation,
            day=act.day,
            paragraph=paragraph,
            points=list(points_by[candidacy.pk]),
            not_before=not_before,
        )
        paragraph = paragraph or decision.paragraph
        found.append(decision)
    return found


def known_opinion(value: str) -> str:
    """The opinion, if it is one.

    Raises:
        ValidationError: it is none of them.
    """
    if value not in Opinion.values:
        raise ValidationError({"opinion": _("Välj om det förordas eller inte.")})
    return value
