# SPDX-License-Identifier: EUPL-1.2
"""What stood on the page of a list that could not be saved, to be shown again.

Nothing typed is lost: neither to a wrong value nor to a colleague who saved first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from casework.prioritisation.selectors import Row
from casework.prioritisation.services import ChangedMeanwhile
from casework.process.models import Candidacy
from desk.prioritisation.views.base import posted_reasons
from ui.orders import posted_order


@dataclass(frozen=True, slots=True)
class Typed:
    """One refused sending.

    Attributes:
        order: the candidacies as the person had them.
        reasons: of the places, as typed.
        frame: as typed, not read.
        is_late: a colleague saved since; the colleague's order is shown then, and this one told.
    """

    order: list[int]
    reasons: dict[int, str]
    frame: str
    is_late: bool

    @classmethod
    def of(cls, request: HttpRequest, known: Sequence[int], error: ValidationError) -> Typed:
        """What was sent, and why it was refused."""
        order = posted_order(request, known)
        return cls(
            order,
            posted_reasons(request, order),
            request.POST.get("frame", ""),
            isinstance(error, ChangedMeanwhile),
        )

    def in_order(self, candidacies: list[Candidacy]) -> list[Candidacy]:
        """The list's candidacies as the page shows them again."""
        if self.is_late:
            return candidacies
        place = {pk: index for index, pk in enumerate(self.order)}
        return sorted(candidacies, key=lambda candidacy: place.get(candidacy.pk, len(place)))

    def write_into(self, rows: Sequence[Row]) -> dict[int, str]:
        """Put the typed reasons into the rows; returns the saved ones that differ."""
        saved: dict[int, str] = {}
        for row in rows:
            key = row.candidacy.pk if row.candidacy else 0
            typed = self.reasons.get(key)
            if typed is not None and typed.strip() != row.reason.strip():
                saved[key], row.reason = row.reason, typed
        return saved

    def own_order(self, rows: Sequence[Row]) -> list[str]:
        """The numbers in the person's order, where it was not the one that is saved."""
        numbers = {row.candidacy.pk: row.candidacy.initiative.case.dnr for row in rows}  # type: ignore[union-attr]
        own = [pk for pk in self.order if pk in numbers]
        return [numbers[pk] for pk in own] if self.is_late and own != list(numbers) else []
