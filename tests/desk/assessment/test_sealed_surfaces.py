# SPDX-License-Identifier: EUPL-1.2
"""A sealed judgement changes no byte that anybody else is given, by any way there is (R41).

Every page, list, export and search is fetched before a member has judged and again when the member
has judged and handed in: by the chair, who is a member too, the office and the administrator. All
must be the same, heads and file contents included: neither what was said nor that anything was.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from casework.assessment.selectors import criteria_of
from casework.feedback.models import Notice
from casework.journal.models import JournalEntry
from casework.prioritisation.services import reopen_ranking
from casework.register.models import Case
from search import worker
from search.models import OutboxRow
from tests import small_city as small
from tests.desk.assessment.giving import address, browser, give_all, open_all
from tests.desk.walk.addresses import KIND_OF, PLAIN, QUERIES, ROUND, ROUND_AREA
from tests.desk.walk.test_non_interference import EACH_TIME
from tests.desk.walk.test_walk import text_of
from tests.small_city import SmallCity

TOKEN = "plantradnot"
OTHERS = ("ordforande", "slk", "admin")
EXPORTS = ("?format=xlsx", "?export=csv", "?export=xlsx")


@pytest.fixture
def two(city: SmallCity) -> list[int]:
    """Two admitted initiatives, and the area's list open."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Två till.")
    return [small.candidacy_of(small.admitted(city, title)) for title in ("Första", "Andra")]


def _addresses(city: SmallCity, two: list[int]) -> Iterator[str]:
    slug = city.round.slug
    for name in sorted(PLAIN):
        yield reverse(name)
    for name in sorted(ROUND):
        numbers = [1] if name == "desk_handed_proposal" else []
        yield reverse(name, args=[slug, *numbers])
    for name in sorted(ROUND_AREA):
        numbers = [1] if name == "desk_ranking_version" else []
        yield reverse(name, args=[slug, "pedagogiska", *numbers])
    for name in ("desk_table_all", "desk_statistics", "case:index"):
        args = [slug] if name == "desk_table_all" else []
        yield from (reverse(name, args=args) + query for query in EXPORTS)
    for name in sorted(QUERIES.keys() - KIND_OF.keys()):
        yield from (f"{reverse(name)}?{query.replace('{}', TOKEN)}" for query in QUERIES[name])
    for case in Case.objects.filter(initiative__process__candidacy__in=two):
        for name in ("desk_case", "desk_case_history", "desk_records"):
            yield reverse(name, args=[case.pk])
        yield reverse("desk_initiative", args=[case.initiative.pk])
    yield from ("/", "/diarium/", f"/sok/?q={TOKEN}")


def _page(client: Client, url: str) -> str:
    answer: Any = client.get(url, follow=True)
    assert answer.status_code in {200, 403, 404}, url
    return EACH_TIME.sub("", f"{answer.status_code} {text_of(answer)}")


def _looked_at(city: SmallCity, urls: list[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for who in OTHERS:
        client = browser(city, who)
        found |= {(who, url): _page(client, url) for url in urls}
    return found


def _in_step() -> None:
    """Let search have heard of all, its word weights too, which are saved when nothing waits."""
    while worker.drain():
        pass


def _echoed(url: str) -> bool:
    """Whether the page says back what was searched for."""
    return TOKEN in url


@pytest.mark.slow
@pytest.mark.any_database
def test_a_sealed_judgement_changes_no_byte_of_what_others_are_given(
    city: SmallCity,
    two: list[int],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("search.engine.LEXICON_SECONDS", 0.0)
    urls = list(_addresses(city, two))
    _in_step()
    before = _looked_at(city, urls)
    posted, noticed = len(mail.outbox), Notice.objects.count()
    indexed = OutboxRow.objects.count()
    criterion = criteria_of(city.round_area)[0]
    give_all(city, "ledamot", 5, other={f"n-{two[0]}-{criterion.pk}": TOKEN})
    _in_step()
    after = _looked_at(city, urls)
    changed = [key for key in before if before[key] != after[key]]
    assert changed == []
    assert not [key for key, text in after.items() if TOKEN in text and not _echoed(key[1])]
    assert (len(mail.outbox), Notice.objects.count()) == (posted, noticed)
    assert OutboxRow.objects.count() == indexed
    entries = JournalEntry.objects.values_list("before", "after", "reason", "object_id", "rows")
    assert TOKEN not in json.dumps([list(row) for row in entries], default=str)
    assert TOKEN not in caplog.text
    mine = browser(city, "ledamot").get(address(city, "desk_judge")).content.decode()
    assert TOKEN in mine, "it is there to be found by its member"

    open_all(city)
    _in_step()
    for who in ("ordforande", "ledamot"):
        page = browser(city, who).get(address(city, "desk_opened")).content.decode()
        assert TOKEN in page, who
    opened = _looked_at(city, [url for url in urls if "/omgang/" in url or "handelser" in url])
    told = {key for key, text in opened.items() if TOKEN in text and not _echoed(key[1])}
    assert told == {("ordforande", address(city, "desk_opened"))}
