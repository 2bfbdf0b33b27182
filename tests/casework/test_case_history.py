# SPDX-License-Identifier: EUPL-1.2
"""The register of a random case can be shown as it was on a random day."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework.organisation.enums import Role
from casework.organisation.models import Administration, Authority, User
from casework.organisation.services import appoint
from casework.register import services
from casework.register.audit import verify_register
from casework.register.enums import Direction, Outcome
from casework.register.models import Case
from casework.register.selectors import case_as_of
from casework.register.services.registration import ensure_series
from casework.register.state import CASE_FIELDS, RECORD_FIELDS

FIRST = dt.date(2026, 3, 1)
WORDS = st.sampled_from(["Bidrag", "Gata", "Skola", "Park"])
CHANGES = st.sampled_from(
    ["publish", "unpublish", "title", "received", "secret", "lift", "officer", "close", "reopen",
     "followers", "scope", "number", "record", "record_title", "record_publish", "record_void",
     "outcome", "grant"]
)  # fmt: skip
DAYS = st.lists(st.lists(st.tuples(CHANGES, WORDS), max_size=3), min_size=1, max_size=6)


def snapshot(case: Case) -> dict[str, object]:
    """What the register says of the case now, read from its tables."""
    row = Case.objects.get(pk=case.pk)
    fields = {field.name: field for field in row._meta.concrete_fields}
    names = {name: fields[name].attname for name in CASE_FIELDS}
    found: dict[str, object] = {name: getattr(row, attname) for name, attname in names.items()}
    found["administrations"] = sorted(row.administrations.values_list("pk", flat=True))
    found["followers"] = sorted(row.followers.values_list("user_id", flat=True))
    found["numbers"] = list(row.numbers.order_by("pk").values_list("display", flat=True))
    found["records"] = {
        record.dnr: {name: getattr(record, name) for name in RECORD_FIELDS}
        for record in row.records.all()
    }
    return found


@pytest.mark.usefixtures("settings")
class History(TestCase):
    """Random changes on random days, each undone in turn."""

    def setUp(self) -> None:
        self.authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
        self.series = ensure_series(self.authority)
        self.people = [User.objects.create(username=f"p{number}") for number in range(3)]
        for user in self.people:
            for role in (Role.OFFICER, Role.REGISTRAR):
                appoint(user=user, role=role, scope=self.authority, actor=None,
                        valid_from=dt.date(2020, 1, 1))  # fmt: skip
        self.school = Administration.objects.create(
            name="Skola", short_name="Skola", slug="skola", authority=self.authority
        )

    @settings(max_examples=15)
    @given(days=DAYS, asked=st.integers(-1, 8))
    def test_any_day_can_be_shown(self, days: list[list[tuple[str, str]]], asked: int) -> None:
        actor = self.people[0]
        with time_machine.travel(dt.datetime.combine(FIRST, dt.time(12)), tick=True):
            case = services.register_case(
                series=self.series, title="Skrivelse", received_date=FIRST, actor=actor
            )
        was = {FIRST - dt.timedelta(days=1): {}, FIRST: snapshot(case)}
        for offset, changes in enumerate(days, start=1):
            day = FIRST + dt.timedelta(days=offset)
            with time_machine.travel(dt.datetime.combine(day, dt.time(12)), tick=True):
                for name, word in changes:
                    self.change(case, name, word)
            was[day] = snapshot(case)
        wanted = max(d for d in was if d <= max(FIRST + dt.timedelta(days=asked), min(was)))
        assert case_as_of(case, wanted) == was[wanted]
        assert {day: case_as_of(case, day) for day in was} == was
        assert verify_register().faults == []

    def change(self, case: Case, name: str, word: str) -> None:
        actor, case = self.people[0], Case.objects.get(pk=case.pk)
        record = case.records.filter(voided_at=None).last()
        match name:
            case "publish" if not case.is_secret:
                services.publish(case=case, summary=word, actor=actor)
            case "unpublish":
                services.unpublish(case=case, actor=actor)
            case "title":
                services.correct(obj=case, field="title", value=word, reason="Fel", actor=actor)
            case "received":
                value = FIRST - dt.timedelta(days=len(word))
                services.correct(
                    obj=case, field="received_date", value=value, reason="Fel", actor=actor
                )
            case "secret":
                services.mark_secret(case=case, provision="OSL 18:8", actor=actor)
            case "lift":
                services.lift_secrecy(case=case, reason="Prövat", actor=actor)
            case "officer":
                officer = self.people[len(word) % 3]
                services.assign_officer(case=case, officer=officer, actor=actor)
            case "close":
                services.close_case(
                    case=case, outcome=Outcome.ANSWERED, decided_on=FIRST, actor=actor
                )
            case "reopen":
                services.reopen_case(case=case, reason="Mer", actor=actor)
            case "followers":
                users = self.people[: len(word) % 3 + 1]
                services.set_followers(case=case, users=users, actor=actor)
            case "scope":
                offices = [self.school] if len(word) > 4 else []
                services.set_case_scope(
                    case=case, service_area=None, administrations=offices, actor=actor
                )
            case "number":
                services.add_number(case=case, number=f"BN 2020/{len(word)}", actor=actor)
            case "record":
                services.register_record(
                    case=case, direction=Direction.INCOMING, title=word, received_date=FIRST,
                    actor=actor,
                )  # fmt: skip
            case "record_title" if record:
                services.correct(obj=record, field="title", value=word, reason="Fel", actor=actor)
            case "record_publish" if record and not (record.is_secret or case.is_secret):
                services.publish_record(record=record, actor=actor)
            case "record_void" if record:
                services.void_record(record=record, reason="Fel", actor=actor)
            case "outcome":
                services.set_outcome(
                    case=case, outcome=Outcome.DECLINED, decided_on=FIRST, actor=actor
                )
            case "grant":
                services.grant_access(case=case, user=self.people[2], reason=word, actor=actor)
