# SPDX-License-Identifier: EUPL-1.2
"""The city with and without a secret case: whoever may not see it gets the same bytes (issue 7).

Every list, count, search, export and start page of the desk and the city is fetched before there
is a secret case and again when there are two, with all that hangs on them.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.consultation.services import Asked, open_consultation
from casework.register import services as register
from casework.register.enums import Direction, LinkKind
from casework.register.models import Case, NumberSeries
from search import worker
from tests import small_city as small
from tests.desk.walk.addresses import CASE_QUERIES, PLAIN, QUERIES, ROUND, ROUND_AREA
from tests.desk.walk.planted import Planted
from tests.desk.walk.test_walk import _planted, planted, text_of  # noqa: F401  fixtures

NONSENSE = "zqxjvkonsens"
ROLES = ("", "bara_offentligt", "lasare", "handlaggare2", "registrator_sbn")
PUBLIC = ("/", "/diarium/", "/sok/", "/bestall/", "/logga-in/")
#: What differs each time: tokens, the names that forms give themselves, and the time of day.
EACH_TIME = re.compile(
    r"\b[A-Za-z0-9]{64}\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|X-Request-Id: \w+"
    r"|(?:csrftoken|Expires|Last-Modified|Content-Length)[^\n]*|<dcterms:[^<]*"
    r"|\d\d[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?"
)


@pytest.mark.slow
@pytest.mark.any_database
def test_7_a_secret_case_changes_no_byte_for_those_who_may_not_see_it(
    planted: Planted,  # noqa: F811
) -> None:
    addresses = list(_addresses(planted))
    people = {role: _client(planted, role) for role in ROLES}
    without = {role: [_page(client, url) for url in addresses] for role, client in people.items()}
    _add_secrets(planted)
    worker.drain()
    differing = [
        f"{role or 'anonymous'}: {url}: {_difference(before, after)}"
        for role, client in people.items()
        for url, before in zip(addresses, without[role], strict=True)
        if (after := _page(client, url)) != before
    ]
    assert differing == []
    registrar = _client(planted, "registrator")
    assert NONSENSE in _page(registrar, reverse("case:index")), "the cases are there to be seen"


def _addresses(planted: Planted) -> Iterator[str]:  # noqa: F811
    slug = planted.city.round.slug
    yield from (reverse(name) for name in sorted(PLAIN))
    for name in sorted(ROUND):
        yield reverse(name, args=[slug, 1] if name == "desk_handed_proposal" else [slug])
    for name in sorted(ROUND_AREA):
        version = [1] if name == "desk_ranking_version" else []
        yield reverse(name, args=[slug, "pedagogiska", *version])
    for name, queries in QUERIES.items():
        filled = [query.replace("{}", NONSENSE) for query in queries]
        yield from (f"{reverse(name)}?{query}" for query in filled)
    for key in ("published", "open"):
        for name in ("desk_case", "desk_case_history", "desk_records", "desk_case_as_of"):
            yield reverse(name, args=[planted.cases[key].pk])
        for name, queries in CASE_QUERIES.items():
            address = reverse(name, args=[planted.cases[key].pk])
            yield from (f"{address}?{query}" for query in queries)
    yield from PUBLIC
    yield f"/sok/?{urlencode({'q': NONSENSE})}"
    yield f"/diarium/?ar={timezone.localdate().year}"


def _client(planted: Planted, role: str) -> Client:  # noqa: F811
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(planted.city.people[role])
    return client


def _page(client: Client, url: str) -> str:
    response: Any = client.get(url, follow=True)
    client.cookies.pop("messages", None)
    return EACH_TIME.sub("", f"{response.status_code} {text_of(response)}")


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return " | ".join(line for line in list(lines)[2:] if not line.startswith("@@"))[:600]


def _add_secrets(planted: Planted) -> None:  # noqa: F811
    """A letter and an initiative, with record, remiss, report, link and order."""
    city = planted.city
    registrar, officer = city.people["registrator"], city.people["handlaggare"]
    today = timezone.localdate()
    letter = register.register_case(
        series=NumberSeries.objects.get(code="KS"),
        title=f"{NONSENSE} brev",
        party=f"{NONSENSE} person",
        received_date=today,
        officer=officer,
        secrecy_provision="OSL 26:1",
        actor=registrar,
    )
    initiative = small.registered(city, f"{NONSENSE} initiativ")
    assert initiative.case is not None
    register.mark_secret(
        case=initiative.case, provision="OSL 18:8", reason="Skydd.", actor=registrar
    )
    for case in (letter, Case.objects.get(pk=initiative.case.pk)):
        register.register_record(
            case=case,
            direction=Direction.INCOMING,
            title=f"{NONSENSE} handling",
            received_date=today,
            files=[SimpleUploadedFile(f"{NONSENSE}.pdf", b"%PDF-1.7 x\n%%EOF")],
            actor=registrar,
        )
        open_consultation(
            case=case,
            consultees=[Asked(name=f"{NONSENSE} instans")],
            question=NONSENSE,
            deadline=today + dt.timedelta(days=9),
            actor=officer,
        )
        register.link_cases(
            case=planted.cases["open"],
            kind=LinkKind.RELATED,
            number=case.dnr,
            note=NONSENSE,
            actor=registrar,
        )
