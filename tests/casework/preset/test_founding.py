# SPDX-License-Identifier: EUPL-1.2
"""The founding case is told with the decisions and dissent of every other (R9, R10, R61, R70)."""

from __future__ import annotations

import pytest

from casework.consultation.selectors import reason_for_none
from casework.meetings.selectors import decisions_of
from casework.organisation.models import User
from casework.preset.founding import load_founding_case
from casework.register.models import PublicEvent
from tests.casework import bodies

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(db: None) -> User:
    """The registrar of the diary."""
    return bodies.build(committee=False)["registrator"]


def test_it_is_entered_once(registrar: User) -> None:
    case = load_founding_case(actor=registrar)
    assert load_founding_case(actor=registrar) == case
    assert case.dnr == "031-3884/2007"
    assert reason_for_none(case).startswith("Synpunkter hämtades i stället")


def test_no_decision_day_is_made_up(registrar: User) -> None:
    case = load_founding_case(actor=registrar)
    decisions = list(decisions_of(case))
    assert [row.body.slug for row in decisions] == [
        "foredragande-borgarradet",
        "borgarradsberedningen",
        "kommunstyrelsen",
        "kommunstyrelsen",
    ]
    assert all(row.is_historic and row.day is None for row in decisions)
    assert [row.points.count() for row in decisions] == [0, 0, 2, 5]


def test_the_reservation_has_its_persons_and_proposal(registrar: User) -> None:
    case = load_founding_case(actor=registrar)
    dissent = decisions_of(case)[1].dissents.get()
    assert dissent.who == "Carin Jämtin (s), Yvonne Ruwaida (mp), Ann-Margarethe Livh (v)"
    assert dissent.proposal_points[0] == "Föredragande borgarrådets förslag avslås."
    assert "<" not in dissent.statement


def test_events_are_as_exact_as_the_source(registrar: User) -> None:
    case = load_founding_case(actor=registrar)
    precisions = list(
        PublicEvent.objects.filter(case=case).order_by("pk").values_list("day_precision", flat=True)
    )
    assert precisions[:2] == ["month", "year"]
    assert "day" in precisions
