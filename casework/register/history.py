# SPDX-License-Identifier: EUPL-1.2
"""The diary as it looked on a day: one case with its records, and a page of the list.

What is stored now, with what the journal tells of later days undone for the rows that are asked
for, and for no others. Seen with today's right to see: who is not let in to a case or a record now
is not told what it once was, since what was open may have been closed for a reason (OSL 5:1, 5:5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.register.days import end_of
from casework.register.models import Case, Record
from casework.register.permissions import diaries_of
from casework.register.selectors import case_as_of, numbers_unseen
from casework.register.state import CASE_FIELDS, value_of

LISTED = ("title", "officer", "unit", "outcome", "closed_at", "voided_at", "due_on")
"""The fields that the list of a day shows."""


@dataclass(frozen=True, slots=True)
class CaseThen:
    """A case of the list, as it was.

    Attributes:
        case: as it is now.
        values: of :data:`LISTED`, as the journal has them: a row that is pointed to by its key.
    """

    case: Case
    values: dict[str, object]


def may_see_lists_of_then(user: User) -> bool:
    """Whether the person keeps a diary, whose history is asked of them."""
    return bool(diaries_of(user))


def registered_until(user: User, day: dt.date) -> QuerySet[Case]:
    """The cases of the person's own diaries that were registered by the end of a day.

    Only those that the person is let in to, the newest number first.
    """
    return (
        Case.objects.shown_to(user)
        .filter(
            authority__in=diaries_of(user), is_internal=True, entry__registered_at__lt=end_of(day)
        )
        .order_by("-year", "-serial", "pk")
    )


def as_they_were(cases: Sequence[Case], day: dt.date) -> list[CaseThen]:
    """Some cases as the list of a day shows them: one question, however many they are."""
    states = {
        case.subject: {name: value_of(case, name) for name in LISTED if name in CASE_FIELDS}
        for case in cases
    }
    later = JournalEntry.objects.filter(
        subject__in=states,
        object_type=Case._meta.label_lower,
        action__startswith="register.",
        at__gte=end_of(day),
    )
    for subject, before in later.order_by("-at", "-position").values_list("subject", "before"):
        state = states[subject]
        state.update((name, value) for name, value in before.items() if name in state)
    return [CaseThen(case, states[case.subject]) for case in cases]


def case_then(user: User, case: Case, day: dt.date) -> dict[str, object]:
    """A case as it was, for somebody who is let in to it; empty before it was registered.

    Without the records that the person is not let in to today, and without the numbers of cases
    that they may not see.
    """
    state = case_as_of(case, day)
    if not state:
        return {}
    shown = set(
        Record.objects.shown_to(user)
        .filter(case=case, is_internal=True)
        .values_list("entry__dnr", flat=True)
    )
    records = state["records"]
    assert isinstance(records, dict)
    unseen = numbers_unseen(user, case)
    numbers = state["numbers"]
    assert isinstance(numbers, list)
    return state | {
        "records": {dnr: row for dnr, row in records.items() if dnr in shown},
        "numbers": [number for number in numbers if number not in unseen],
    }
