# SPDX-License-Identifier: EUPL-1.2
"""What the bodies' lists become in the minutes: one decision for each point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.meetings.models import Decision
from casework.meetings.services import Own, record_decision
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
    *,
    lead: str = "",
    overall: str = "",
    points: Sequence[str] = (),
    reason: str = "",
    own: Mapping[int, Own] | None = None,
) -> list[Decision]:
    """The body's decision on each case, in the order of the candidacies: one act.

    Args:
        overall: what the body says of them all together.
        own: what is decided of one candidacy, by its primary key.
    """
    body = Body.objects.in_force().filter(kind=kind).first()
    if body is None:
        raise ImpossibleTransition(_("Organet som ska besluta finns inte."))
    act = act or Act()
    days = [earliest_day(candidacy.initiative.process) for candidacy in candidacies]
    cases = {c.pk: c.initiative.case for c in candidacies if c.initiative.case}
    return record_decision(
        cases=list(cases.values()),
        body=body,
        actor=actor,
        meeting=act.meeting,
        delegation=act.delegation,
        day=act.day,
        paragraph=act.paragraph,
        lead=lead,
        overall=overall,
        points=points,
        reason=reason,
        own={cases[pk].pk: said for pk, said in (own or {}).items()},
        not_before=max((day for day in days if day), default=None),
    )


def known_opinion(value: str) -> str:
    """The opinion, if it is one.

    Raises:
        ValidationError: it is none of them.
    """
    if value not in Opinion.values:
        raise ValidationError({"opinion": _("Välj om det förordas eller inte.")})
    return value
