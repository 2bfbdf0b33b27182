# SPDX-License-Identifier: EUPL-1.2
"""Where the money ends: three lines through one list, each explaining itself (R37)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.initiatives.basis import CostPlan
from casework.initiatives.models import CostLine, Initiative
from casework.planning.enums import FrameKind, Occasion
from casework.planning.models import Round
from casework.planning.services import set_frame
from casework.prioritisation import money
from casework.process.models import Candidacy
from casework.register.enums import LinkKind
from casework.register.services import link_cases, mark_secret
from desk.prioritisation.views import budget_line
from tests import small_city as small
from tests.small_city import SmallCity

KEY = ".1.total"


def _round(city: SmallCity) -> Round:
    return Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)


def _ranked(city: SmallCity, title: str, tkr: int) -> Initiative:
    """An initiative that waits to be merged in a round in which nothing is decided yet."""
    initiative = small.with_group(city, title)
    # Past the machine, which has no short way there; the oracle's walks take the long one.
    rows: QuerySet[Candidacy] = QuerySet(Candidacy)
    rows.filter(pk=small.candidacy_of(initiative)).update(round=_round(city), stage="ranked")
    Initiative.objects.filter(pk=initiative.pk).update(cost_tkr=tkr)
    initiative.refresh_from_db()
    return initiative


@pytest.fixture
def three(city: SmallCity) -> list[Initiative]:
    """Three in the round: 600, 900 and 300; the city has 1,000 in the first year."""
    set_frame(round=_round(city), tkr=1000, actor=city.people["slk"])
    return [_ranked(city, title, tkr) for title, tkr in (("Ett", 600), ("Två", 900), ("Tre", 300))]


def _page(client: Client, city: SmallCity, **query: Any) -> Any:
    client.force_login(city.people["radet"])
    answer = client.get(reverse("desk_budget_line", args=[_round(city).slug]), query)
    assert answer.status_code == 200
    return answer.context


def _marks(context: Any) -> dict[str, list[str]]:
    """Each initiative's three lines: inside, or why not."""
    return {
        told["row"].title: [
            "in" if line["inside"] else line["why"].replace("\xa0", " ") for line in told["lines"]
        ]
        for told in context["rows"]
    }


def test_r37_each_line_says_what_is_inside_and_which_frame_stopped_the_rest(
    client: Client, city: SmallCity, three: list[Initiative]
) -> None:
    context = _page(client, city)
    assert _marks(context) == {
        "Ett": ["in", "in", "in"],
        "Två": [
            "Hela staden, år 1 saknar 500 tkr",
            "Hela staden, år 1 saknar 500 tkr",
            "Hela staden, år 1 saknar 800 tkr",  # with the third inside
        ],
        "Tre": ["linjen stannade: Hela staden, år 1", "in", "in"],
    }
    assert [row["count"] for row in context["sums"]] == [1, 2, 2]
    assert context["sums"][2]["sure"] == "bevisat bäst"
    partial = str(context["partial"]).replace("\xa0", " ")
    assert "400 tkr finns kvar" in partial


def test_a_frame_and_a_must_are_tried_without_being_saved(
    client: Client, city: SmallCity, three: list[Initiative]
) -> None:
    more = _marks(_page(client, city, **{f"ram-{KEY}": "1 800"}))
    assert {mark[0] for mark in more.values()} == {"in"}
    must = small.candidacy_of(three[1])
    forced = _marks(_page(client, city, maste=must))
    assert forced["Två"] == ["in"] * 3
    assert forced["Ett"][0] == "Hela staden, år 1 saknar 500 tkr"
    context = _page(client, city, **{f"ram-{KEY}": "100", "maste": must})
    assert "ryms inte i ramen ”Hela staden, år 1”" in str(context["fault"])
    assert money.frames_of(_round(city))[KEY].tkr == 1000


@pytest.mark.parametrize("typed", ["abc", "-5", "1,5", "999999999999"])
def test_8_an_amount_that_cannot_be_read_is_told_at_its_field_and_changes_no_line(
    client: Client, city: SmallCity, three: list[Initiative], typed: str
) -> None:
    planned = _marks(_page(client, city))
    client.force_login(city.people["radet"])
    address = reverse("desk_budget_line", args=[_round(city).slug])
    answer = client.get(address, {f"ram-{KEY}": typed})
    text = " ".join(answer.content.decode().split())
    assert _marks(answer.context) == planned
    assert not answer.context["changed"]
    assert f'value="{typed}" aria-invalid="true" aria-describedby="ram-1-fel"' in text
    assert 'id="ram-1-fel">' + answer.context["frames"][0].fault in text
    assert 'href="#ram-1">Hela staden, år 1: ' in text
    assert "Linjen är dragen med den planerade ramen" in text


@pytest.mark.parametrize("area_tkr", [None, 500])
def test_8_the_proposal_says_the_same_of_the_money_as_the_line(
    client: Client, city: SmallCity, three: list[Initiative], area_tkr: int | None
) -> None:
    """A plan's later years count for nothing against the first; another frame stops it too."""
    round_, office = _round(city), city.people["slk"]
    CostLine.objects.bulk_create(
        CostLine(initiative=three[0], year=year, one_off_tkr=tkr)
        for year, tkr in ((1, 300), (2, 900), (3, 100))
    )
    if area_tkr is not None:
        set_frame(round=round_, tkr=5_000, actor=office)
        set_frame(round=round_, tkr=area_tkr, service_area=city.area, actor=office)
    marks = _marks(_page(client, city))
    client.force_login(office)
    answer = client.get(reverse("desk_proposal", args=[round_.slug]))
    rows = {row.title: row for row in answer.context["rows"]}
    assert rows["Ett"].asked_tkr == 300
    (stopped,) = [row.title for row in rows.values() if row.stop]
    first_outside = next(title for title, lines in marks.items() if lines[0] != "in")
    assert stopped == first_outside == "Två"
    page = answer.content.decode().replace("\xa0", " ")
    said = "Pedagogiska området, år 1”: den saknar" if area_tkr else "300 tkr av 1 000 tkr"
    assert said in page


def test_8_what_another_excludes_is_not_counted_against_the_frame(
    client: Client, city: SmallCity, three: list[Initiative]
) -> None:
    first, second = (row.case for row in three[:2])
    assert first is not None
    assert second is not None
    link_cases(
        case=first, number=second.dnr, kind=LinkKind.EXCLUDES, actor=city.people["registrator"]
    )
    last = _ranked(city, "Fyra", 400)
    client.force_login(city.people["slk"])
    answer = client.get(reverse("desk_proposal", args=[_round(city).slug]))
    rows = {row.title: row for row in answer.context["rows"]}
    assert [row.total for row in rows.values()] == [600, 600, 900, 1300]
    assert [title for title, row in rows.items() if row.is_excluded] == ["Två"]
    assert rows[last.title].stop
    page = answer.content.decode().replace("\xa0", " ")
    assert "900 tkr av 1 000 tkr är fördelade" in page
    assert "Räknas inte mot ramen: utesluts av ett annat" in page


def test_8_a_long_list_is_shown_in_parts_and_a_must_on_another_part_is_kept(
    client: Client, city: SmallCity, three: list[Initiative], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget_line, "PER_PAGE", 2)
    must = small.candidacy_of(three[1])
    context = _page(client, city, maste=must, sida="2")
    assert [(told["row"].place, told["row"].title) for told in context["rows"]] == [(3, "Tre")]
    assert context["must_elsewhere"] == [must]
    (step,) = context["picture"]["steps"]
    first = _page(client, city, maste=must)["picture"]["steps"]
    assert step.x > first[-1].x > first[0].x == 0
    here = reverse("desk_budget_line", args=[_round(city).slug])
    page = client.get(f"{here}?maste={must}&sida=2").content.decode()
    assert page.count(f'type="hidden" name="maste" value="{must}"') == 1


def test_what_requires_another_brings_it_along_and_what_excludes_is_told(
    client: Client, city: SmallCity, three: list[Initiative]
) -> None:
    first, _second, third = three
    assert first.case is not None
    assert third.case is not None
    link_cases(
        case=third.case, kind=LinkKind.EXCLUDES, number=first.case.dnr,
        actor=city.people["handlaggare"],
    )  # fmt: skip
    marks = _marks(_page(client, city, **{f"ram-{KEY}": "1 800"}))
    assert marks["Tre"][0] == f"utesluts av {first.case.dnr}"


def test_an_areas_frame_and_a_kind_of_cost_hold_their_own() -> None:
    plan = CostPlan.of({"one_off": [400, 0, 0], "running": [60, 80, 80], "own": [100, 0, 0],
                        "external": [0, 0, 0], "after": 50})  # fmt: skip
    keys = [KEY, ".1.one_off", ".1.running", ".2.total", ".4.running", "sociala.1.total"]
    assert money.costs_of(70, plan, keys) == {
        KEY: 360, ".1.one_off": 300, ".1.running": 60, ".2.total": 80, ".4.running": 50,
    }  # fmt: skip
    assert money.costs_of(70, None, keys) == {KEY: 70, ".1.one_off": 70}


def test_a_secret_item_is_counted_and_not_told(
    client: Client, city: SmallCity, three: list[Initiative]
) -> None:
    assert three[0].case is not None
    mark_secret(case=three[0].case, provision="OSL 18:8", actor=city.people["registrator"])
    context = _page(client, city)
    assert context["hidden"] == 1
    assert set(_marks(context)) == {"Två", "Tre"}


def test_the_frames_are_set_in_a_table_on_the_rounds_page(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["slk"])
    assert city.area is not None
    address = reverse("desk_round", args=[_round(city).slug])
    page = client.get(address).content.decode()
    assert f"frame-{city.area.pk}-1-total" in page
    data = {"frames": "", "frame-0-1-total": "25 000", f"frame-{city.area.pk}-2-total": "4000"}
    assert client.post(address, data).status_code == 302
    found = {key: frame.tkr for key, frame in money.frames_of(_round(city)).items()}
    assert found == {KEY: 25000, "pedagogiska.2.total": 4000}
    assert client.post(address, {"frames": "", "frame-0-1-total": "mycket"}).status_code == 422
    assert FrameKind.TOTAL in {frame.kind for frame in _round(city).frames.all()}


def test_the_page_costs_the_same_for_three_and_for_six(
    client: Client, city: SmallCity, three: list[Initiative]
) -> None:
    client.force_login(city.people["radet"])
    address = reverse("desk_budget_line", args=[_round(city).slug])
    counts = []
    for _times in range(2):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        for number in range(3):
            _ranked(city, f"Mer {number}", 10)
    assert counts[0] == counts[1] <= 20
