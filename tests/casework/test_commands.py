# SPDX-License-Identifier: EUPL-1.2
"""The stable commands: what they print and how they end."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.db import connection

from casework.organisation.models import Authority, Body, ServiceArea
from casework.preset.founding import load_founding_case
from casework.process.graph import edges, svg
from casework.register.models import Case, NumberSeries, PublicCase
from tests.small_city import SmallCity

ROOT = Path(__file__).resolve().parents[2]
STABLE = [
    "seed_demo", "import_decisions", "rebuild_index", "check_index", "verify_register",
    "find_number", "process_graph", "render_report", "check_template", "read_back", "load_preset",
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
    for _name, source, target in edges():
        assert f"{source} -> {target}" in out.getvalue()


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


@pytest.mark.django_db
def test_a_new_city_starts_from_the_preset_without_cases() -> None:
    call_command("load_preset", stdout=io.StringIO())
    call_command("load_preset", stdout=io.StringIO())
    assert ServiceArea.objects.count() == 5
    assert Body.objects.filter(kind="service_area_group").count() == 5
    assert Body.objects.get(slug="utvecklingsradet").predecessor == Body.objects.get(
        slug="it-radet"
    )
    assert {series.code for series in NumberSeries.objects.all()} == {"KS", "KF"}
    assert Authority.objects.count() == 2
    assert not Case.objects.exists()


def test_the_founding_case_has_all_its_facts(city: SmallCity) -> None:
    case = load_founding_case(city.people["registrator"])
    assert load_founding_case(city.people["registrator"]) == case
    assert case.dnr == "031-3884/2007"
    lists = {row.body: row.points for row in case.decisions.all()}
    assert (len(lists["Kommunfullmäktige"]), len(lists["Kommunstyrelsen"])) == (2, 5)
    dissent = case.dissents.get()
    assert {row["party"] for row in dissent.persons} == {"s", "mp", "v"}
    assert case.consultation.none_reason
    assert case.links.get().target_number == "031-2487/2007"
    assert case.decided_on is None, "no day is known, and none may be made up"
    public = PublicCase.objects.get(case=case)
    assert len(public.decisions) == 2
    assert public.dissents[0]["kind"] == "Reservation"
