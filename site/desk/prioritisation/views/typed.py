# SPDX-License-Identifier: EUPL-1.2
"""What stood on the page of a list that could not be saved, to be shown again.

Nothing typed is lost: neither to a wrong value nor to a colleague who saved first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from casework.prioritisation.rows import Keyed, Row, read
from casework.prioritisation.services import ChangedMeanwhile
from desk.prioritisation.views.base import posted_reasons
from ui.orders import posted_order, posted_places


@dataclass(frozen=True, slots=True)
class Typed:
    """One refused sending.

    Attributes:
        order: the candidacies as the person had them.
        reasons: of the places, as typed.
        frame: as typed, not read.
        is_late: a colleague saved since; the colleague's order is shown then, and this one told.
        places: a typed place that there is not, by its row, as typed.
    """

    order: list[int]
    reasons: dict[int, str]
    frame: str
    is_late: bool
    places: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, known: Sequence[int], error: ValidationError) -> Typed:
        """What was sent, and why it was refused."""
        order = posted_order(request, known)
        return cls(
            order,
            posted_reasons(request, order),
            request.POST.get("frame", ""),
            isinstance(error, ChangedMeanwhile),
            posted_places(request),
        )

    def in_order(self, listed: list[Keyed]) -> list[Keyed]:
        """The list's candidacies, or their points, as the page shows them again."""
        if self.is_late:
            return listed
        place = {pk: index for index, pk in enumerate(self.order)}
        return sorted(listed, key=lambda each: place.get(each.pk, len(place)))

    def write_into(self, rows: Sequence[Row]) -> dict[int, str]:
        """Put the typed reasons into the rows; returns the saved ones that differ."""
        saved: dict[int, str] = {}
        for row in rows:
            typed = self.reasons.get(row.key)
            if typed is not None and typed.strip() != row.reason.strip():
                saved[row.key], row.reason = row.reason, typed
        return saved

    def own_order(self, rows: Sequence[Row]) -> list[str]:
        """The numbers in the person's order, where it was not the one that is saved."""
        by_key = {row.key: row for row in rows}
        own = [by_key[pk] for pk in self.order if pk in by_key]
        if not self.is_late or own == list(rows):
            return []
        read(own)
        cases = [row.candidacy.initiative.case for row in own if row.candidacy]
        return [case.dnr for case in cases if case]
