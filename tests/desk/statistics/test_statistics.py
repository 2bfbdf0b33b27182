# SPDX-License-Identifier: EUPL-1.2
"""What happened can be counted, and counts nothing that the reader may not see (R52)."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from casework.feedback.selectors import SILENCE, silent
from casework.process import services, statistics
from casework.process.enums import Stage, Standing
from casework.register.enums import Outcome
from casework.register.services import mark_secret
from tests import small_city as small
from tests.small_city import SmallCity

ADDRESS = "desk_statistics"


def _counted(city: SmallCity, who: str = "handlaggare") -> list[int]:
    return statistics.counted(city.people[who])


def test_r52_each_stage_tells_how_long_initiatives_stood_in_it(city: SmallCity) -> None:
    initiative = small.draft(city, "Långsam")
    start = timezone.now()
    services.submit(initiative=initiative, actor=city.people["larare"])
    for days, step in ((10, "return_to_originator"), (14, "submit")):
        with time_machine.travel(start + dt.timedelta(days=days), tick=False):
            if step == "submit":
                services.submit(initiative=initiative, actor=city.people["larare"])
            else:
                services.return_to_originator(
                    initiative=initiative, actor=city.people["kontakt"], reason="Mer."
                )
    waits = {row.stage: row for row in statistics.waits([initiative.pk])}
    assert (waits[Stage.WITH_LIAISON].count, waits[Stage.WITH_LIAISON].median_days) == (1, 10)
    assert waits[Stage.RETURNED].longest_days == 4
    assert statistics.loops([initiative.pk]) == [(1, 1)]


def test_r52_ends_are_told_by_forvaltning_and_round(city: SmallCity) -> None:
    counted = _counted(city)
    (school,) = statistics.ends(counted)
    assert school.total == len(counted) == 4
    assert school.by_outcome == {"rejected": 1, "approved": 1}
    assert school.open == 2
    ((name, stood, funded, _deferred),) = statistics.by_round(counted)
    assert (name, funded) == (str(city.round), 1)
    assert stood == 4
    assert dict(statistics.loops(counted)) == {0: 2, 1: 2}
    assert Standing.COMPLETION in {row.stage for row in statistics.waits(counted)}


def test_an_originator_who_has_heard_nothing_for_long_is_named(city: SmallCity) -> None:
    counted = _counted(city)
    assert silent(counted) == []
    with time_machine.travel(timezone.now() + SILENCE + dt.timedelta(days=1), tick=False):
        found = {process.initiative.pk for process, _at in silent(counted)}
    assert city.initiatives["completion"].pk in found
    assert city.initiatives["rejected"].pk not in found  # it has ended


def test_the_page_and_its_workbook_tell_the_same(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["slk"])
    page = client.get(reverse(ADDRESS)).content.decode()
    assert "Så länge stod initiativen" in page
    assert "Utbildningsförvaltningen" in page
    book = load_workbook(BytesIO(client.get(reverse(ADDRESS), {"format": "xlsx"}).content))
    assert book.sheetnames == ["Tid i varje läge", "Kompletteringar", "Utfall", "Omgångar"]
    assert [row[0] for row in book["Utfall"].values][1] == "Utbildningsförvaltningen"
    assert "0 initiativ" in client.get(reverse(ADDRESS), {"ar": "1999"}).content.decode()


def test_8_the_page_has_a_column_for_each_outcome_that_there_was(
    client: Client, city: SmallCity
) -> None:
    """Sixteen columns, most of them empty, were cut at the edge."""
    client.force_login(city.people["slk"])
    answer = client.get(reverse(ADDRESS))
    assert answer.context["outcomes"] == [Outcome.REJECTED.label, Outcome.APPROVED.label]
    assert [counts for _row, counts in answer.context["ends"]] == [[1, 1]]


def test_no_figure_counts_a_case_that_the_reader_may_not_see(
    client: Client, city: SmallCity
) -> None:
    before = len(_counted(city, "slk"))
    mark_secret(
        case=city.case("completion"), provision="OSL 18:8", actor=city.people["registrator"]
    )
    assert len(_counted(city, "slk")) == before - 1
    assert len(_counted(city)) == before  # its officer handles it


@pytest.mark.parametrize(("who", "allowed"), [("slk", True), ("larare", False), ("admin", False)])
def test_those_who_work_with_the_method_read_the_figures(
    client: Client, city: SmallCity, who: str, allowed: bool
) -> None:
    client.force_login(city.people[who])
    assert (client.get(reverse(ADDRESS)).status_code == 200) is allowed


def test_the_figures_cost_the_same_for_four_and_for_eight(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["handlaggare"])
    counts = []
    for _times in range(2):
        client.get(reverse(ADDRESS))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(ADDRESS))
        counts.append(len(queries))
        for number in range(4):
            small.registered(city, f"Initiativ {number}")
    assert counts[0] == counts[1] <= 20
