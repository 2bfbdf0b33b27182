# SPDX-License-Identifier: EUPL-1.2
"""Voided and merged cases."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register import services
from casework.register.audit import verify_register
from casework.register.enums import Outcome
from casework.register.models import Case, PublicCase
from casework.register.obstacles import register_obstacle
from casework.register.services.registration import ensure_series


class World:
    """Two cases about the same, and somebody let in to the one."""

    def __init__(self) -> None:
        authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
        self.people = {name: User.objects.create(username=name) for name in ("registrar", "nobody")}
        appoint(user=self.people["registrar"], role=Role.REGISTRAR, scope=authority, actor=None)
        self.series = ensure_series(authority)
        self.case = self.registered("Skrivelse")
        self.twin = self.registered("Skrivelse en gång till")
        services.grant_access(
            case=self.case, user=self.people["nobody"], reason="Ska läsa", actor=None
        )

    def registered(self, title: str) -> Case:
        """A newly registered case."""
        return services.register_case(
            series=self.series, title=title, received_date=timezone.localdate(), actor=None
        )


@pytest.fixture
def world(db: None) -> World:
    """Two cases about the same."""
    return World()


def test_a_voided_case_leaves_the_web_diary_and_keeps_its_number(world: World) -> None:
    case, actor = world.case, world.people["registrar"]
    services.publish(case=case, actor=actor)
    services.void_case(case=case, reason="Dubblett", actor=actor)
    assert not PublicCase.objects.filter(case=case).exists()
    assert world.registered("Nästa").serial == world.twin.serial + 1
    with pytest.raises(ValidationError, match="makulerat"):
        services.void_case(case=case, reason="igen", actor=actor)
    with pytest.raises(ValidationError, match="makulerat"):
        services.register_record(
            case=case, direction="in", title="Brev", received_date=case.received_date, actor=actor
        )
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(voided_at=None)
    assert verify_register().faults == []


def test_merged_cases_share_numbers_and_followers(world: World) -> None:
    case, into, actor = world.case, world.twin, world.people["registrar"]
    one, two = User.objects.create(username="en"), User.objects.create(username="tva")
    services.set_followers(case=case, users=[one], actor=None)
    services.set_followers(case=into, users=[two], actor=None)
    services.merge_cases(case=case, into=into, reason="Samma sak", actor=actor)
    case.refresh_from_db()
    assert (case.merged_into, case.outcome) == (into, Outcome.MERGED)
    assert case.closed_at is not None
    assert case.grants.count() == 1
    assert set(Case.objects.by_number(case.dnr)) == {case, into}
    assert set(into.followers.values_list("user", flat=True)) == {one.pk, two.pk}
    assert list(case.followers.values_list("user", flat=True)) == [one.pk]
    for again in (case, into):
        with pytest.raises(ValidationError):
            services.merge_cases(case=case, into=again, reason="igen", actor=actor)
    with pytest.raises(ValidationError, match="sammanfört"):
        services.merge_cases(case=into, into=case, reason="tillbaka", actor=actor)
    assert verify_register().faults == []


def test_what_goes_on_elsewhere_stops_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.register.obstacles._OBSTACLES", {})
    register_obstacle("test", lambda case: f"{case.dnr} står i en omgång.")
    with pytest.raises(ValidationError, match="står i en omgång"):
        services.void_case(case=world.case, reason="x", actor=world.people["registrar"])
    with pytest.raises(ValidationError, match="står i en omgång"):
        services.merge_cases(case=world.case, into=world.twin, reason="x", actor=None)


def test_6_nothing_goes_on_in_a_voided_case(world: World) -> None:
    case, actor = world.case, world.people["registrar"]
    services.void_case(case=case, reason="Fel", actor=actor)
    with pytest.raises(ValidationError, match="makulerat"):
        services.publish(case=case, actor=actor)
    assert not PublicCase.objects.filter(case=case).exists()
    with pytest.raises(ValidationError, match="makulerat"):
        services.close_case(
            case=case, outcome=Outcome.ANSWERED, decided_on=timezone.localdate(), actor=actor
        )
    with pytest.raises(ValidationError, match="makulerat"):
        services.set_due(case=case, due_on=timezone.localdate(), actor=actor)
    case.refresh_from_db()
    assert (case.closed_at, case.outcome, case.due_on) == (None, "", None)


def test_6_what_goes_on_under_another_number_is_not_opened_again(world: World) -> None:
    actor = world.people["registrar"]
    services.merge_cases(case=world.case, into=world.twin, reason="Samma sak", actor=actor)
    world.case.refresh_from_db()
    with pytest.raises(ValidationError, match="sammanfört"):
        services.reopen_case(case=world.case, reason="Fel", actor=actor)
