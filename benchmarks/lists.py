# SPDX-License-Identifier: EUPL-1.2
"""What the case list, the inbox and the page of a big case take: milliseconds and queries.

The reader has mixed rights: reads one authority's cases but the secret ones, was let in to some of
those, and sees of another authority what is published. The case has 200 records, shown in pages.

    DATABASE_URL=postgres://… python -m benchmarks.lists --cases 100000

Pages are made in this process, signed in, through the whole of the desk but the network; as a peer
stands what a page of the desk takes that asks for nothing (its help). Uses a database of its own
beside that of DATABASE_URL, and drops it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import TYPE_CHECKING

from benchmarks.city import own_database, percentile

if TYPE_CHECKING:
    from django.test import Client

    from casework.organisation.models import User
    from casework.register.models import Case

_RECORDS = 200
_LET_IN = 20
_OTHER = 10
"""Every so many cases belong to the other authority, and every second of those is published."""

_OWN = "is_open=true&ordering=dnr"
"""What the clerk's own lists ask: the open ones, the oldest first."""


def main() -> None:
    """Seed, ask for both pages again and again, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--short", action="store_true", help="2,000 cases, 20 times")
    options = parser.parse_args()
    if options.short:
        options.cases, options.times = 2_000, 20
    with own_database("bench_lists"):
        from django.core.management import call_command
        from django.test import Client
        from django.urls import reverse

        from casework.inbox.enums import ItemState
        from casework.inbox.models import InboxItem
        from casework.register.models import Case

        call_command("seed_load", cases=options.cases - options.cases // _OTHER, verbosity=0)
        case = _beside(options.cases // _OTHER)
        _analyse()
        import portal.wsgi  # noqa: F401  a server's process: what is loaded stays

        client = Client()
        client.force_login(_reader())
        lists = _measure(client, reverse("case:index"), options.times)
        cases = _measure(client, reverse("desk_case", args=[case.pk]), options.times)
        clerk = Client()
        clerk.force_login(_clerk())
        own = f"{reverse('case:index')}?{_OWN}"
        kept = _measure(clerk, own, options.times)
        middle = Case.objects.order_by("pk")[options.cases // 2]
        inside = f"{reverse('desk_case', args=[middle.pk])}?lista=arenden%3Fis_open%3Dtrue"
        placed = _measure(clerk, inside, options.times)
        inbox = _measure(clerk, reverse("desk_inbox"), options.times)
        waiting = InboxItem.objects.filter(state=ItemState.NEW).order_by("pk")
        lane = reverse("desk_inbox_item", args=[waiting[waiting.count() // 2].pk])
        item = _measure(clerk, lane, options.times)
        peer = _measure(clerk, reverse("desk_guide"), options.times)
    figures = {
        "list_p95_ms": round(percentile(lists[0], 0.95) * 1000, 1),
        "list_queries": lists[1],
        "case_p95_ms": round(percentile(cases[0], 0.95) * 1000, 1),
        "case_queries": cases[1],
        "own_list_p95_ms": round(percentile(kept[0], 0.95) * 1000, 1),
        "own_list_queries": kept[1],
        "placed_p95_ms": round(percentile(placed[0], 0.95) * 1000, 1),
        "placed_queries": placed[1],
        "inbox_p95_ms": round(percentile(inbox[0], 0.95) * 1000, 1),
        "inbox_queries": inbox[1],
        "lane_p95_ms": round(percentile(item[0], 0.95) * 1000, 1),
        "lane_queries": item[1],
        "cases": options.cases,
        "records": _RECORDS,
    }
    told = {"help_p95_ms": round(percentile(peer[0], 0.95) * 1000, 1)}
    print(json.dumps({"name": "lists", "database": "postgresql", "figures": figures, "peer": told}))


def _beside(count: int) -> Case:
    """The other authority's cases, and the case with many records; returns that."""
    from django.utils import timezone

    from casework.organisation.models import Authority
    from casework.register.models import NumberSeries
    from casework.register.services import (
        ensure_series,
        publish,
        register_case,
        register_cases,
        register_record,
    )

    other = Authority.objects.create(code="SBN", name="Samhällsbyggnadsnämnden")
    today = timezone.localdate()
    for start in range(0, count, 500):
        numbers = range(start, min(start + 500, count))
        drafts = [{"title": f"Bygglov {number}", "received_date": today} for number in numbers]
        made = register_cases(series=ensure_series(other), actor=None, drafts=drafts)  # type: ignore[arg-type]
        for case in made[::2]:
            publish(case=case, actor=None)
    case = register_case(
        series=NumberSeries.objects.get(code="KS"), title="Stort", received_date=today, actor=None
    )
    for number in range(_RECORDS):
        register_record(
            case=case, direction="in", title=f"Brev {number}", received_date=today, actor=None
        )
    return case


def _reader() -> User:
    """Somebody who sees much, though not all, and some of it from outside only."""
    from casework.organisation.enums import Role
    from casework.organisation.models import Authority, User
    from casework.organisation.services import appoint
    from casework.register.models import Case
    from casework.register.services import grant_access

    reader = User.objects.create(username="lasare", first_name="Lo", last_name="Läsare")
    appoint(user=reader, role=Role.READER, scope=Authority.objects.get(code="KS"), actor=None)
    for case in Case.objects.exclude(secrecy_provision="")[:_LET_IN]:
        grant_access(case=case, user=reader, reason="Behöver det för granskningen.", actor=None)
    return reader


def _clerk() -> User:
    """A registrar who is an officer too, with a list and columns of their own, and boxes."""
    from casework.organisation.models import User
    from casework.saved_lists.services import choose_columns, save_list

    clerk = User.objects.get(username="registrator")
    columns = ["title", "party", "officer", "unit", "due_on", "received_date", "stage"]
    choose_columns(actor=clerk, listing="cases", columns=columns)
    for name in ("Mina", "Utan handläggare", "Snart för sent"):
        save_list(actor=clerk, listing="cases", name=name, query=_OWN, columns=columns)
    return clerk


def _analyse() -> None:
    """What PostgreSQL does by itself after a while: count what the tables hold."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _measure(client: Client, address: str, times: int) -> tuple[list[float], int]:
    """The seconds that each of many askings took, and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _warm in range(3):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)  # the next request forgets them
    taken = []
    for _time in range(times):
        start = time.perf_counter()
        client.get(address)
        taken.append(time.perf_counter() - start)
    return taken, asked


if __name__ == "__main__":
    main()
