# SPDX-License-Identifier: EUPL-1.2
"""The table of an area and initiatives side by side, for those who assess and decide (R44, R68)."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from casework.initiatives.models import Initiative
from casework.process import services
from casework.register.enums import LinkKind
from casework.register.services import link_cases, mark_secret
from tests import small_city as small
from tests.small_city import SmallCity


def _officer_writes(city: SmallCity, initiative: Initiative, **answers: object) -> None:
    services.save_preparation(
        initiative=initiative, answers=answers, actor=city.people["handlaggare"]
    )


@pytest.fixture
def pair(city: SmallCity) -> tuple[Initiative, Initiative]:
    """Two initiatives of one area: one with costs and benefits, one that needs the other."""
    full = small.registered(city, "=Skolskjuts på karta")
    _officer_writes(
        city,
        full,
        cost_plan={"one_off": ["800", "", ""], "running": ["", "70", "70"], "after": "60"},
        benefit_scale={"citizens": {"level": "5", "measure": "Samtal", "evidence": ""}},
        risk="low",
    )
    bare = small.registered(city, "Skolskjuts i appen")
    assert full.case is not None
    assert bare.case is not None
    link_cases(
        case=bare.case, kind=LinkKind.DEPENDS_ON, number=full.case.dnr,
        actor=city.people["handlaggare"],
    )  # fmt: skip
    return full, bare


def _table(city: SmallCity, query: str = "") -> str:
    return reverse("desk_table", args=[city.round.slug, "pedagogiska"]) + query


def test_r44_the_table_shows_each_answer_and_marks_what_is_missing(
    client: Client, city: SmallCity, pair: tuple[Initiative, Initiative]
) -> None:
    client.force_login(city.people["ledamot"])
    page = client.get(_table(city))
    cells = {
        row["compared"].candidacy.initiative.pk: [(c["text"], c["gap"]) for c in row["cells"]]
        for row in page.context["rows"]
    }
    full, bare = pair
    assert ("5", False) in cells[full.pk]
    assert ("800", False) in cells[full.pk]
    assert ("Låg", False) in cells[full.pk]
    assert cells[bare.pk].count(("", True)) > 8
    assert full.case is not None
    assert (f"Kräver {full.case.dnr}", False) in cells[bare.pk]
    assert "saknas" in page.content.decode()


def test_the_table_is_sorted_by_any_column_with_gaps_last(
    client: Client, city: SmallCity, pair: tuple[Initiative, Initiative]
) -> None:
    client.force_login(city.people["ledamot"])
    for order in ("ar-1", "-ar-1", "nytta-citizens", "-nytta"):
        page = client.get(_table(city, f"?ordning={order}"))
        assert page.context["rows"][0]["compared"].candidacy.initiative == pair[0]
        assert b"aria-sort" in page.content


def test_the_workbook_holds_the_table_and_no_formula(
    client: Client, city: SmallCity, pair: tuple[Initiative, Initiative]
) -> None:
    client.force_login(city.people["slk"])
    answer = client.get(_table(city, "?format=xlsx"))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0][:2] == ("Diarienummer", "Ärendemening")
    titles = [row[1] for row in rows]
    assert "'=Skolskjuts på karta" in titles
    assert 800 in rows[titles.index("'=Skolskjuts på karta")]


def test_two_stand_side_by_side_and_one_is_asked_to_be_two(
    client: Client, city: SmallCity, pair: tuple[Initiative, Initiative]
) -> None:
    client.force_login(city.people["ledamot"])
    address = reverse("desk_compare", args=[city.round.slug, "pedagogiska"])
    page = client.get(address, {"initiativ": [str(row.pk) for row in pair]})
    lines = {line["label"]: [c["text"] for c in line["cells"]] for line in page.context["rows"]}
    assert lines["Nytta: medborgare"][0].startswith("5 Avgörande")
    assert lines["Söks år 1, tkr"] == ["800", ""]
    assert lines["Vilket behov finns?"][0]
    alone = client.get(address, {"initiativ": [str(pair[0].pk), "x", "999999"]})
    assert "Välj mellan 2 och 6" in alone.content.decode()


@pytest.mark.parametrize("extra", [0, 1, 2])
def test_8_what_is_left_out_of_a_comparison_is_named(
    client: Client, city: SmallCity, extra: int
) -> None:
    rows = [small.registered(city, f"Karta {number}") for number in range(6 + extra)]
    client.force_login(city.people["ledamot"])
    address = reverse("desk_compare", args=[city.round.slug, "pedagogiska"])
    page = client.get(address, {"initiativ": [row.pk for row in rows]})
    text = page.content.decode()
    assert [column.candidacy.initiative for column in page.context["chosen"]] == rows[:6]
    left = ", ".join(row.case.dnr for row in rows[6:] if row.case)
    assert ("Högst 6 jämförs åt gången." in text) == bool(extra)
    if extra:
        assert f"Inte med: {left}." in text


def test_a_secret_one_is_counted_and_not_told(
    client: Client, city: SmallCity, pair: tuple[Initiative, Initiative]
) -> None:
    secret = pair[0]
    assert secret.case is not None
    mark_secret(case=secret.case, provision="OSL 18:8", actor=city.people["registrator"])
    client.force_login(city.people["ledamot"])
    for address in (_table(city), reverse("desk_compare", args=[city.round.slug, "pedagogiska"])):
        page = client.get(address, {"initiativ": [str(row.pk) for row in pair]}).content.decode()
        assert "på karta" not in page
        assert secret.case.dnr not in page
    assert "sekretess visas inte" in client.get(_table(city)).content.decode()


@pytest.mark.parametrize(
    ("who", "area", "whole"),
    [("ledamot", 200, 302), ("slk", 200, 200), ("radet", 200, 200), ("larare", 302, 302)],
)
def test_r69_decision_makers_read_the_whole_and_a_group_its_area(
    client: Client, city: SmallCity, who: str, area: int, whole: int
) -> None:
    client.force_login(city.people[who])
    everything = reverse("desk_table_all", args=[city.round.slug])
    assert client.get(_table(city)).status_code in {area, 403}
    assert client.get(everything).status_code in {whole, 403}


def test_the_table_costs_the_same_for_two_and_for_five(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["ledamot"])
    counts = []
    for _times in range(2):
        for number in range(2):
            small.registered(city, f"Initiativ {number}")
        client.get(_table(city))
        with CaptureQueriesContext(connection) as queries:
            client.get(_table(city))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_r68_the_whole_shows_areas_money_and_what_hangs_on_what(
    client: Client, city: SmallCity, pair: tuple[Initiative, Initiative]
) -> None:
    client.force_login(city.people["radet"])
    address = reverse("desk_whole", args=[city.round.slug])
    page = client.get(address)
    assert page.context["total"][:2] == [800, 70]
    (edge,) = page.context["picture"].edges
    assert (edge.kind, edge.source.candidacy.initiative) == (LinkKind.DEPENDS_ON, pair[1])
    body = page.content.decode()
    assert body.count('class="whole__edge whole__edge--depends_on"') == 1
    assert "<td>Kräver</td>" in body  # the picture's table
    only = client.get(address, {"lage": "rejected"})
    assert {stage for stage, _words in page.context["stages"]} > {"rejected"}
    assert only.context["total"][0] == 0


def test_r69_the_whole_is_closed_to_those_who_do_not_decide(
    client: Client, city: SmallCity
) -> None:
    client.force_login(city.people["ledamot"])
    assert client.get(reverse("desk_whole", args=[city.round.slug])).status_code in {302, 403}
