# SPDX-License-Identifier: EUPL-1.2
"""One decides while another notes, or decides too: real threads on a real PostgreSQL (issue 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaits
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.meetings.models import Decision
from casework.meetings.selectors import noted_in
from casework.meetings.services import decisions, note_outcome, noting, undo_outcome
from casework.meetings.services.notes import empty_notes
from casework.prioritisation.services import reopen_ranking
from casework.process.enums import Standing
from casework.process.services import Act, admit, decide_noted, reject
from tests import small_city
from tests.small_city import SmallCity

pytestmark = [
    pytest.mark.service("postgresql"),
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
SOON = 1.0
"""So long a thread is waited for that is to wait itself, in seconds."""


@pytest.fixture
def city(transactional_db: None) -> SmallCity:
    """The small city with its group's meeting open, and an outcome noted by a member."""
    city = small_city.build()
    city.meeting("grupp-pedagogiska", "ordforande", "ledamot")
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    city.initiatives["karta"] = small_city.with_group(city, "Karta")
    _note(city, "reject")
    return city


def _note(city: SmallCity, outcome: str) -> None:
    note_outcome(
        meeting=city.meeting("grupp-pedagogiska"), cases=[city.case("karta")], outcome=outcome,
        details={"reason": "Finns redan."}, actor=city.people["ledamot"],
    )  # fmt: skip


def _undo(city: SmallCity) -> None:
    undo_outcome(
        meeting=city.meeting("grupp-pedagogiska"), case=city.case("karta"),
        actor=city.people["ledamot"],
    )  # fmt: skip


def _at_once(city: SmallCity, way: Any = admit) -> None:
    """The chair decides, having read that the member noted an outcome."""
    act = Act(meeting=city.meeting("grupp-pedagogiska"), over="reject")
    initiative = Initiative.objects.get(pk=city.initiatives["karta"].pk)
    way(initiative=initiative, actor=city.people["ordforande"], reason="Nytta.", act=act)


def _gavel(city: SmallCity) -> None:
    decide_noted(meeting=city.meeting("grupp-pedagogiska"), actor=city.people["ordforande"])


class Held:
    """A step that a first thread stops before, until it is let go."""

    def __init__(self) -> None:
        self.reached, self.go = Event(), Event()

    def before(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step, stopped before by the thread that comes first."""

        def held(*args: Any, **kwargs: Any) -> Any:
            if not self.reached.is_set():
                self.reached.set()
                assert self.go.wait(30)
            return step(*args, **kwargs)

        return held


def _act(act: Callable[[], object]) -> str:
    try:
        act()
    except ValidationError as error:
        return error.messages[0]
    finally:
        connection.close()
    return ""


@contextmanager
def _first(held: Held, act: Callable[[], object]) -> Iterator[tuple[ThreadPoolExecutor, Future]]:
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(_act, act)
        assert held.reached.wait(30)
        yield pool, one


def _both(held: Held, one: Callable[[], object], other: Callable[[], object]) -> list[str]:
    """What two acts are told, the second of which begins while the first is in its midst."""
    with _first(held, one) as (pool, first):
        second = pool.submit(_act, other)
        try:
            with pytest.raises(StillWaits):
                second.result(timeout=SOON)
        finally:
            held.go.set()
        return [first.result(timeout=60), second.result(timeout=60)]


def _decided(city: SmallCity) -> tuple[str, int]:
    initiative = Initiative.objects.select_related("process").get(pk=city.initiatives["karta"].pk)
    count = Decision.objects.filter(case=city.case("karta"), meeting__isnull=False).count()
    return str(initiative.process.position), count


@pytest.mark.parametrize("other", [lambda city: _note(city, "defer"), _undo])
def test_8_nobody_notes_under_the_hand_of_who_decides_at_once(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch, other: Callable[[SmallCity], None]
) -> None:
    held = Held()
    monkeypatch.setattr(decisions, "empty_notes", held.before(empty_notes))
    told = _both(held, lambda: _at_once(city), lambda: other(city))
    assert told[0] == ""
    assert told[1].startswith(("Någon beslutade", "Inget utfall"))
    assert _decided(city) == (Standing.ADMITTED, 1)
    assert noted_in(city.meeting("grupp-pedagogiska")) == []


@pytest.mark.parametrize("other", [_gavel, lambda city: _at_once(city, reject)])
def test_8_of_two_who_decide_in_one_case_at_once_one_decides(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch, other: Callable[[SmallCity], None]
) -> None:
    held = Held()
    monkeypatch.setattr(decisions, "empty_notes", held.before(empty_notes))
    told = _both(held, lambda: _at_once(city), lambda: other(city))
    assert told[0] == ""
    assert told[1] != ""
    assert _decided(city) == (Standing.ADMITTED, 1)


@pytest.mark.parametrize("decide", [_gavel, _at_once])
def test_8_what_is_noted_anew_is_read_before_it_is_decided(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch, decide: Callable[[SmallCity], None]
) -> None:
    held = Held()
    monkeypatch.setattr(noting, "log", held.before(log))
    told = _both(held, lambda: _note(city, "defer"), lambda: decide(city))
    assert told[0] == ""
    assert told[1].startswith(("Någon ändrade", "Ledamot Ek har antecknat ett annat"))
    assert _decided(city) == (Standing.WITH_GROUP, 0)
    (item,) = noted_in(city.meeting("grupp-pedagogiska"))
    assert item.outcome == "defer"
