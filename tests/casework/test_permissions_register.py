# SPDX-License-Identifier: EUPL-1.2
"""Each service of the register asks who it is: every service, every role, here and elsewhere.

The written matrix is ``MATRIX``; ``docs/rights-matrix.md`` shows it. To write that file anew after
a change: ``WRITE_RIGHTS_MATRIX=1 pytest tests/casework/test_permissions_register.py``.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from casework.access.models import AccessGrant
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Administration, Authority, Body, User
from casework.organisation.services import appoint
from casework.register import services
from casework.register.enums import Direction, LinkKind, Outcome
from casework.register.models import Case, NumberSeries, Record
from casework.register.services.registration import ensure_series

PAGE = Path(__file__).resolve().parents[2] / "docs/rights-matrix.md"
TODAY = timezone.localdate

WHO = {
    "registrar": "registrar",
    "case_officer": "the case's officer",
    "officer": "another officer",
    "reader": "reader",
    "administrator": "administrator",
    "liaison": "contact person",
    "secretary": "a body's secretary",
    "other_registrar": "registrar of another authority",
    "other_officer": "officer of another authority",
    "nobody": "no role",
}
REGISTRAR = frozenset({"registrar"})
LOOK_AFTER = frozenset({"registrar", "case_officer"})
ANY_REGISTRAR = frozenset({"registrar", "other_registrar"})

MATRIX: dict[str, frozenset[str]] = {
    "register_case": REGISTRAR,
    "register_historic": REGISTRAR,
    "register_letter": REGISTRAR,
    "register_record": LOOK_AFTER,
    "attach_file": LOOK_AFTER,
    "add_number": REGISTRAR,
    "publish": REGISTRAR,
    "unpublish": REGISTRAR,
    "publish_record": REGISTRAR,
    "correct": REGISTRAR,
    "void_record": REGISTRAR,
    "void_case": REGISTRAR,
    "merge_cases": REGISTRAR,
    "mark_secret": LOOK_AFTER,
    "mark_record_secret": LOOK_AFTER,
    "lift_secrecy": REGISTRAR,
    "assign_officer": LOOK_AFTER,
    "link_cases": LOOK_AFTER,
    "close_case": LOOK_AFTER,
    "reopen_case": REGISTRAR,
    "grant_access": LOOK_AFTER,
    "end_grant": LOOK_AFTER,
    "answer_disclosure": ANY_REGISTRAR,
    "request_disclosure": frozenset(WHO),
}
ASKED_BEFORE = {
    "ensure_series", "file_record", "move_public_event", "note_public_event",
    "register_generated_record", "save_change", "set_case_scope", "set_followers", "set_outcome",
    "write_text", "write_texts",
}  # fmt: skip
"""Called only by services that have asked: they write part of what a person did."""


class World:
    """A case with a record, and one person per role."""

    def __init__(self) -> None:
        self.authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
        other = Authority.objects.create(code="SBN", name="Stadsbyggnadsnämnden")
        school = Administration.objects.create(
            name="Skola", short_name="Skola", slug="skola", authority=self.authority
        )
        board = Body.objects.create(
            name="Kommunstyrelsen", slug="ks", kind=BodyKind.EXECUTIVE_BOARD,
            authority=self.authority,
        )  # fmt: skip
        roles: dict[str, tuple[Role, Authority | Administration | Body]] = {
            "registrar": (Role.REGISTRAR, self.authority),
            "case_officer": (Role.OFFICER, self.authority),
            "officer": (Role.OFFICER, self.authority),
            "reader": (Role.READER, self.authority),
            "administrator": (Role.ADMINISTRATOR, self.authority),
            "liaison": (Role.LIAISON, school),
            "secretary": (Role.SECRETARY, board),
            "other_registrar": (Role.REGISTRAR, other),
            "other_officer": (Role.OFFICER, other),
        }
        self.people = {name: User.objects.create(username=name) for name in WHO}
        for name, (role, scope) in roles.items():
            appoint(user=self.people[name], role=role, scope=scope, actor=None)
        self.series = ensure_series(self.authority)
        self.historic = NumberSeries.objects.create(
            authority=self.authority, code="ÄLDRE", name="Äldre", is_historic=True
        )
        self.case = self.registered("Skrivelse")
        self.twin = self.registered("Skrivelse en gång till")
        self.record = services.register_record(
            case=self.case, direction=Direction.INCOMING, title="Brev", received_date=TODAY(),
            actor=None,
        )  # fmt: skip
        self.grant = services.grant_access(
            case=self.case, user=self.people["nobody"], reason="Ska läsa", actor=None
        )
        self.request = services.request_disclosure(number="", text="Allt")

    def registered(self, title: str) -> Case:
        return services.register_case(
            series=self.series, title=title, received_date=TODAY(),
            officer=self.people["case_officer"], actor=None,
        )  # fmt: skip


def calls(world: World) -> dict[str, Callable[[User], object]]:
    """Each service with what a person would send."""
    case, twin = (Case.objects.get(pk=row.pk) for row in (world.case, world.twin))
    record = Record.objects.select_related("case").get(pk=world.record.pk)
    grant = AccessGrant.objects.get(pk=world.grant.pk)
    new: dict[str, Any] = {"title": "Ny", "received_date": TODAY()}
    pdf = SimpleUploadedFile("brev.pdf", b"%PDF-1.7 x")
    reason = "Fel"
    return {
        "register_case": lambda who: services.register_case(series=world.series, actor=who, **new),
        "register_historic": lambda who: services.register_historic(
            series=world.historic, dnr="031-3884/2007", actor=who, **new
        ),
        "register_letter": lambda who: services.register_letter(
            series=world.series, actor=who, **new
        ),
        "register_record": lambda who: services.register_record(
            case=case, direction=Direction.INCOMING, actor=who, **new
        ),
        "attach_file": lambda who: services.attach_file(record=record, file=pdf, actor=who),
        "add_number": lambda who: services.add_number(case=case, number="BN 2019/7", actor=who),
        "publish": lambda who: services.publish(case=case, actor=who),
        "unpublish": lambda who: services.unpublish(case=case, actor=who),
        "publish_record": lambda who: services.publish_record(record=record, actor=who),
        "correct": lambda who: services.correct(
            obj=case, field="title", value="Ny", reason=reason, actor=who
        ),
        "void_record": lambda who: services.void_record(record=record, reason=reason, actor=who),
        "void_case": lambda who: services.void_case(case=case, reason=reason, actor=who),
        "merge_cases": lambda who: services.merge_cases(
            case=case, into=twin, reason=reason, actor=who
        ),
        "mark_secret": lambda who: services.mark_secret(case=case, provision="OSL 18:8", actor=who),
        "mark_record_secret": lambda who: services.mark_record_secret(
            record=record, provision="OSL 18:8", actor=who
        ),
        "lift_secrecy": lambda who: services.lift_secrecy(case=case, reason=reason, actor=who),
        "assign_officer": lambda who: services.assign_officer(
            case=case, officer=world.people["officer"], actor=who
        ),
        "link_cases": lambda who: services.link_cases(
            case=case, kind=LinkKind.RELATED, number="KF 2020/77", actor=who
        ),
        "close_case": lambda who: services.close_case(
            case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=who
        ),
        "reopen_case": lambda who: services.reopen_case(case=case, reason=reason, actor=who),
        "grant_access": lambda who: services.grant_access(
            case=case, user=world.people["reader"], reason=reason, actor=who
        ),
        "end_grant": lambda who: services.end_grant(grant=grant, actor=who),
        "answer_disclosure": lambda who: services.answer_disclosure(
            request=world.request, answer="Lämnad.", actor=who
        ),
        "request_disclosure": lambda _who: services.request_disclosure(number="", text="Allt"),
    }


@pytest.mark.usefixtures("db")
def test_each_service_asks_who_it_is() -> None:
    world = World()
    found: dict[str, frozenset[str]] = {}
    for name in MATRIX:
        allowed = set()
        for who, person in world.people.items():
            with transaction.atomic():
                try:
                    calls(world)[name](User.objects.get(pk=person.pk))
                    allowed.add(who)
                except PermissionDenied as refusal:
                    if not str(refusal).startswith("Det får bara"):
                        raise
                transaction.set_rollback(True)
        found[name] = frozenset(allowed)
    assert found == MATRIX


def test_the_matrix_names_every_service() -> None:
    public = {name for name in services.__all__ if inspect.isroutine(getattr(services, name))}
    assert public == MATRIX.keys() | ASKED_BEFORE


def page() -> str:
    """The matrix as people read it."""
    lines = [
        "# Who may do what in the register",
        "",
        "Made from `tests/casework/test_permissions_register.py`, which calls each service as each",
        "role. Roles count at the authority of the case unless it says otherwise. The software",
        "itself (`actor=None`) may everything.",
        "",
        "| service | " + " | ".join(WHO.values()) + " |",
        "|---" * (len(WHO) + 1) + "|",
    ]
    for name, allowed in MATRIX.items():
        marks = ["yes" if who in allowed else "–" for who in WHO]
        lines.append(f"| `{name}` | " + " | ".join(marks) + " |")
    asked = ", ".join(f"`{name}`" for name in sorted(ASKED_BEFORE))
    return "\n".join([*lines, "", f"Called by services that have asked themselves: {asked}.", ""])


def test_the_docs_show_the_matrix() -> None:
    if os.environ.get("WRITE_RIGHTS_MATRIX"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
