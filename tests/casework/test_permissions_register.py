# SPDX-License-Identifier: EUPL-1.2
"""Each service of the register asks who it is: the matrix of services and roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register import services
from casework.register.enums import LinkKind, Outcome
from casework.register.models import Case, Record
from tests.small_city import SmallCity

Call = Callable[[Case, Record, User], object]

CALLS: dict[str, Call] = {
    "publish": lambda case, _r, who: services.publish(case=case, actor=who),
    "unpublish": lambda case, _r, who: services.unpublish(case=case, actor=who),
    "publish_record": lambda _c, record, who: services.publish_record(record=record, actor=who),
    "correct": lambda case, _r, who: services.correct(
        obj=case, field="title", value="Ny", reason="Fel", actor=who
    ),
    "void_record": lambda _c, record, who: services.void_record(
        record=record, reason="Fel", actor=who
    ),
    "lift_secrecy": lambda case, _r, who: services.lift_secrecy(
        case=case, reason="Prövat", actor=who
    ),
    "reopen_case": lambda case, _r, who: services.reopen_case(case=case, reason="Mer", actor=who),
    "mark_secret": lambda case, _r, who: services.mark_secret(
        case=case, provision="OSL 18:8", actor=who
    ),
    "mark_record_secret": lambda _c, record, who: services.mark_record_secret(
        record=record, provision="OSL 18:8", actor=who
    ),
    "assign_officer": lambda case, _r, who: services.assign_officer(
        case=case, officer=case.officer, actor=who
    ),
    "link_cases": lambda case, _r, who: services.link_cases(
        case=case, kind=LinkKind.RELATED, number="KS 2020/77", actor=who
    ),
    "close_case": lambda case, _r, who: services.close_case(
        case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=who
    ),
    "grant_access": lambda case, _r, who: services.grant_access(
        case=case, user=who, reason="Ska läsa", actor=who
    ),
}
REGISTRAR_ONLY = {
    "publish", "unpublish", "publish_record", "correct", "void_record", "lift_secrecy",
    "reopen_case",
}  # fmt: skip


def may(name: str, who: str) -> bool:
    """The written matrix."""
    return who == "registrar" or (who == "officer" and name not in REGISTRAR_ONLY)


@pytest.mark.parametrize("name", CALLS)
def test_each_service_asks_who_it_is(city: SmallCity, name: str) -> None:
    case = city.case("registered")
    record = services.register_record(
        case=case, direction="in", title="Brev", received_date=timezone.localdate(),
        actor=city.people["registrator"],
    )  # fmt: skip
    other = Authority.objects.create(code="SBN", name="Stadsbyggnadsnämnden")
    people = {"registrar": city.people["registrator"], "officer": case.officer}
    for who, role, authority in (
        ("reader", Role.READER, case.authority),
        ("other_officer", Role.OFFICER, case.authority),
        ("other_registrar", Role.REGISTRAR, other),
        ("nobody", None, None),
    ):
        people[who] = User.objects.create(username=f"x-{who}")
        if role:
            appoint(people[who], role, authority, appointed_by="test")
    for who, person in people.items():
        refused = ""
        with transaction.atomic():
            try:
                CALLS[name](Case.objects.get(pk=case.pk), Record.objects.get(pk=record.pk), person)
            except PermissionDenied as refusal:
                refused = str(refusal)
            transaction.set_rollback(True)
        assert (not refused) == may(name, who), who
        assert not refused or refused.startswith("Det får bara")
