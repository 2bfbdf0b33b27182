# SPDX-License-Identifier: EUPL-1.2
"""The stable commands: what they print and how they end."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.db import connection

from casework.consultation.models import NoConsultation
from casework.meetings.models import Dissent
from casework.preset.founding import load_founding_case
from casework.process.graph import edges, svg
from casework.process.models import Candidacy, Process
from casework.register.models import PublicCase
from tests.small_city import SmallCity

ROOT = Path(__file__).resolve().parents[2]
STABLE = [
    "seed_demo", "import_decisions", "rebuild_index", "check_index", "verify_register",
    "find_number", "process_graph", "render_report", "check_template", "read_back", "load_preset",
    "merge_lists", "draw_line",
]  # fmt: skip


@pytest.mark.parametrize("name", STABLE)
def test_each_command_explains_itself(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    text = command.create_parser("manage.py", name).format_help()
    assert len(command.help) > 40
    assert str(command.help).split()[0] in text


def test_the_picture_in_the_readme_is_the_machines() -> None:
    assert (ROOT / "docs/process.svg").read_text("utf-8").strip() == svg()


def test_the_graph_in_dot_holds_every_transition() -> None:
    out = io.StringIO()
    call_command("process_graph", format="dot", stdout=out)
    for machine in (Process, Candidacy):
        for edge in edges(machine):
            assert re.search(rf"\w+_{edge.source} -> \w+_{edge.target}\b", out.getvalue()), edge


def test_a_sound_register_ends_with_no_fault(city: SmallCity) -> None:
    out = io.StringIO()
    call_command("verify_register", stdout=out)
    assert "Inga fel" in out.getvalue()


def test_a_faulty_register_ends_with_one(city: SmallCity) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_seriescounter SET last_serial = last_serial + 1")
    with pytest.raises(SystemExit) as caught:
        call_command("verify_register", stdout=io.StringIO(), stderr=io.StringIO())
    assert caught.value.code == 1


def test_the_founding_case_has_all_its_facts(city: SmallCity) -> None:
    case = load_founding_case(actor=city.people["registrator"])
    assert load_founding_case(actor=city.people["registrator"]) == case
    assert case.dnr == "031-3884/2007"
    lists = {row.body.slug: row.points.count() for row in case.decisions.all()}
    assert lists["kommunstyrelsen"] == 5
    assert "kommunfullmaktige" not in lists, "the sources say nothing of it"
    dissent = Dissent.objects.get(decision__case=case)
    assert {who.party for who in dissent.persons.all()} == {"s", "mp", "v"}
    assert NoConsultation.objects.get(case=case).reason
    assert case.links.get().target_number == "031-2487/2007"
    assert case.decided_on is None, "no day is known, and none may be made up"
    public = PublicCase.objects.get(case=case)
    assert public.outcome
