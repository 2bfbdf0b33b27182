# SPDX-License-Identifier: EUPL-1.2
"""Each service of each room asks who it is: every role, here and elsewhere (issue 6).

To write ``docs/rights-matrix.md`` anew after a change:
``WRITE_RIGHTS_MATRIX=1 pytest tests/rights``.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, User
from casework.organisation.services import keep
from casework.process.mandates import may
from casework.process.services import take_step
from casework.process.transitions import spec_of, ways
from tests.rights import acts, calls, following, keeping, orders, organising
from tests.rights.calls import Call
from tests.rights.matrix import ASKED_BEFORE, MATRIX, OF_MANDATE, READS
from tests.rights.page import page
from tests.rights.people import COLUMNS
from tests.rights.world import TODAY, World, build

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/rights-matrix.md"

AT_THE_BEGINNING: dict[str, dict[str, Call]] = {
    "casework.register": calls.REGISTER,
    "casework.disclosure": orders.DISCLOSURE,
    "casework.inbox": keeping.INBOX,
    "casework.feedback": calls.FEEDBACK,
    "casework.follow_up": following.FOLLOW_UP,
    "casework.saved_lists": following.SAVED_LISTS,
    "casework.organisation": organising.ORGANISATION,
    "casework.planning": calls.PLANNING,
    "casework.meetings": acts.MEETINGS,
    "casework.initiatives": calls.INITIATIVES,
    "casework.consultation": acts.CONSULTATION,
    "casework.process": calls.PROCESS | acts.GROUPS_WORK,
    "casework.dispatch": keeping.DISPATCH,
    "casework.archive": keeping.ARCHIVE,
    "docgen": calls.DOCUMENTS,
}

pytestmark = pytest.mark.any_database

HOLLOW = {
    "submit: with answers missing", "complete_preparation: with answers missing",
    "send_batch: of nothing", "exclude_scope: without a reason",
    "request_completion: without a question", "close_round: with something left",
    "give_committee_opinion: of no known kind", "register: once more by its token",
    "note_dissent",
}  # fmt: skip
"""Rows that nobody gets through, since what is sent is not enough: the right is asked before."""


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """One city for the whole module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    """The city; what a test changes is rolled back."""
    return _built


def everybody(world: World) -> dict[str, User]:
    """The people of the columns; whom they are is remembered from one call to the next."""
    return {key: world.person(key) for key in COLUMNS}


def try_all(world: World, people: dict[str, User], call: Call) -> tuple[frozenset[str], bool]:
    """Who has the right, and whether at least one of them got all the way through."""
    allowed, done = set(), False
    for key, person in people.items():
        with transaction.atomic():
            try:
                call(world, person)
                done = True
                allowed.add(key)
            except PermissionDenied:
                pass
            except ValidationError:
                allowed.add(key)
            transaction.set_rollback(True)
    return frozenset(allowed), done


def test_each_service_asks_who_it_is(world: World) -> None:
    people = everybody(world)
    found: dict[str, dict[str, frozenset[str]]] = {}
    idle = set()

    def note(room: str, rows: dict[str, Call]) -> None:
        for name, call in rows.items():
            allowed, done = try_all(world, people, call)
            found.setdefault(room, {})[name] = allowed
            if not done and name not in HOLLOW and MATRIX[room][name]:
                idle.add(name)

    for room, rows in AT_THE_BEGINNING.items():
        note(room, rows)
    for prepare, rooms in acts.SCENES:
        prepare(world)
        for room, rows in rooms.items():
            note(f"casework.{room}", rows)
    wrong = {
        f"{room} {name}": (
            sorted(allowed - MATRIX[room][name]),
            sorted(MATRIX[room][name] - allowed),
        )
        for room, rows in found.items()
        for name, allowed in rows.items()
        if allowed != MATRIX[room][name]
    }
    assert not wrong, "too many and too few"
    assert not idle, "nobody got through: the arguments do not fit"
    assert {room: set(rows) for room, rows in found.items()} == {
        room: set(rows) for room, rows in MATRIX.items()
    }


def test_each_transition_asks_for_its_mandate(world: World) -> None:
    process, people = world.completion.process, everybody(world)
    for name in ways():
        allowed = {key for key, person in people.items() if may(process, name, person)}
        assert allowed == OF_MANDATE[spec_of(name).mandate], name


def test_a_step_asks_who_may_before_whether_it_is_time(world: World) -> None:
    """Of an initiative that stands elsewhere; one transition for each mandate."""
    process, people = world.completion.process, everybody(world)
    for mandate, name in {spec_of(name).mandate: name for name in ways()}.items():
        allowed, _done = try_all(
            world,
            people,
            lambda _world, who: take_step(process=process, name=name, actor=who),  # noqa: B023
        )
        assert allowed == OF_MANDATE[mandate], name


def services() -> dict[str, frozenset[str]]:
    """The public functions of every services module there is, by room."""
    found = {}
    for top in ("casework", "docgen", "search"):
        package = importlib.import_module(top)
        rooms = [top, *(f"{top}.{row.name}" for row in pkgutil.iter_modules(package.__path__))]
        for room in rooms:
            try:
                module = importlib.import_module(f"{room}.services")
            except ModuleNotFoundError:
                continue
            names = getattr(module, "__all__", None) or [
                name for name, value in vars(module).items()
                if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
            ]  # fmt: skip
            found[room] = frozenset(
                name for name in names if inspect.isroutine(getattr(module, name))
            )
    return found


def test_the_matrix_names_every_service() -> None:
    found = services()
    written = {
        room: frozenset(name.split(":")[0] for name in MATRIX.get(room, {}))
        | ASKED_BEFORE.get(room, frozenset())
        | READS.get(room, frozenset())
        for room in MATRIX.keys() | ASKED_BEFORE.keys() | READS.keys()
    }
    assert found == written


SOFTWARE = {
    "acknowledge", "change_own_password", "desk_group", "tell_account", "tell_account_deleted",
    "tell_password", "tell_second_factor",
}  # fmt: skip
"""Called by pages too: a receipt after a registration, the group that opens the desk, one's own
password, and what the sign-in library and Wagtail's pages for users have done after asking for the
right themselves."""


def test_no_page_calls_what_asks_nobody() -> None:
    unasked = frozenset().union(*ASKED_BEFORE.values()) - SOFTWARE
    found = {
        f"{path.relative_to(ROOT)}: {alias.name}"
        for path in (ROOT / "site").rglob("*.py")
        if "demo" not in path.parts and path.name != "services.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and ".services" in (node.module or "")
        for alias in node.names
        if alias.name in unasked
    }
    assert not found


def test_the_docs_show_the_matrix() -> None:
    if os.environ.get("WRITE_RIGHTS_MATRIX"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_only_those_who_take_part_note_their_own_jav(world: World) -> None:
    """Anybody could note themselves into any body's meeting, also over a secret case (issue 6)."""
    with pytest.raises(PermissionDenied):
        acts.MEETINGS["note_disqualification: one's own"](world, world.person("nobody"))
    acts.MEETINGS["note_disqualification: one's own"](world, world.person("group_member"))


def test_the_token_of_a_form_opens_no_case_for_others(world: World) -> None:
    """Whoever sent a registration again got the case back, whoever it was (issue 6)."""
    with pytest.raises(PermissionDenied):
        calls.PROCESS["register: once more by its token"](world, world.person("other_registrar"))


def test_a_city_has_one_council_at_a_time(world: World) -> None:
    """Who sat in a second one held the mandate of the first, at any authority (issue 6)."""
    first = world.city.bodies["utvecklingsradet"]
    second = Body(slug="andra-radet")
    values = {
        "name": "Andra rådet", "kind": BodyKind.DEVELOPMENT_COUNCIL,
        "authority": world.elsewhere.authority, "valid_from": TODAY(),
    }  # fmt: skip
    with pytest.raises(ValidationError, match="Avsluta det organet först"):
        keep(thing=second, values=values, actor=world.person("administrator"))
    Body.objects.filter(pk=first.pk).update(valid_until=TODAY() - dt.timedelta(days=1))
    keep(thing=second, values=values, actor=world.person("administrator"))
