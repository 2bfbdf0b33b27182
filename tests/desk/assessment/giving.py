# SPDX-License-Identifier: EUPL-1.2
"""What the tests of the judgements do by the pages, as each person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.test import Client
from django.urls import reverse

from casework.assessment.selectors import criteria_of, to_judge
from tests.small_city import SmallCity


def address(city: SmallCity, name: str) -> str:
    """One of the group's pages."""
    return reverse(name, args=[city.round.slug, "pedagogiska"])


def browser(city: SmallCity, who: str) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(city.people[who])
    return client


def fields(city: SmallCity, candidacies: Sequence[int], points: str) -> dict[str, str]:
    """The fields of the page with the same in each."""
    return {
        f"p-{candidacy}-{criterion.pk}": points
        for candidacy in candidacies
        for criterion in criteria_of(city.round_area)
    }


def give_all(
    city: SmallCity,
    who: str,
    points: int = 3,
    *,
    other: Mapping[str, str] | None = None,
    places: Sequence[int] = (),
) -> None:
    """Hand in the same score of all that waits, but for ``other``; or the order ``places``."""
    waiting = [row.pk for row in to_judge(city.round_area, city.people[who])]
    typed: dict[str, object] = {"order": list(places)} if places else {}
    if not places:
        typed |= fields(city, waiting, str(points)) | dict(other or {})
    answer = browser(city, who).post(address(city, "desk_judge"), typed | {"submit": ""})
    assert answer.status_code == 302


def open_all(city: SmallCity) -> None:
    """The chair opens."""
    answer = browser(city, "ordforande").post(
        address(city, "desk_opened"), {"open": "", "asked": "1"}
    )
    assert answer.status_code == 302
