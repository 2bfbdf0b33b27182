# SPDX-License-Identifier: EUPL-1.2
"""Incoming letters over HTTP, each a case with its record, against a plain model of Wagtail's.

Sixteen clients, signed in as the registrar, send forms to two web workers as `make run` starts
them. Rounds of letters and of the plain model's form alternate in one run, so that what else the
machine does meets both; the ratio is the figure to look at.

    DATABASE_URL=postgres://… python -m benchmarks.letters --clients 16 --each 10 --rounds 3

Uses a database of its own beside that of DATABASE_URL, and drops it; starts a web server on a free
port of loopback, and ends it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.city import letter_form, own_database, percentile, web_server

_CSRF = "b" * 32
_PATIENCE = 60


@dataclass
class Sent:
    """What became of many forms."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def per_s(self) -> float:
        """Forms a second."""
        return (len(self.taken) - self.errors) / self.seconds


def main() -> None:
    """Send both kinds in turn and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--each", type=int, default=10, help="forms per client and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--short", action="store_true", help="one round of 5 for each client")
    options = parser.parse_args()
    if options.short:
        options.each, options.rounds = 5, 1
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    with own_database("bench_letters"):
        cookie, series = _prepare()
        queries = _queries(series)
        kinds: dict[str, Callable[[], tuple[str, dict[str, str]]]] = {
            "letters": lambda: ("/admin/registrera/", letter_form(series)),
            "plain": lambda: ("/admin/note/new/", _note()),
        }
        sent = {name: Sent() for name in kinds}
        with web_server() as (port, _master), ThreadPoolExecutor(options.clients) as pool:
            for number in range(options.rounds + 1):
                for name, form in kinds.items():
                    count = options.each if number else 2
                    work = [(port, cookie, form, count)] * options.clients
                    start = time.perf_counter()
                    answers = [answer for part in pool.map(_send_many, work) for answer in part]
                    if number == 0:  # the workers wake up
                        continue
                    sent[name].seconds += time.perf_counter() - start
                    sent[name].taken += [taken for taken, _status in answers]
                    sent[name].errors += sum(status != 302 for _taken, status in answers)
    letters, plain = sent["letters"], sent["plain"]
    figures = {
        "per_s": round(letters.per_s, 1),
        "p95_ms": round(percentile(letters.taken, 0.95) * 1000, 1),
        "errors": letters.errors,
        "queries": queries,
        "ratio_to_plain": round(letters.per_s / plain.per_s, 3) if plain.per_s else None,
    }
    peer = {
        "per_s": round(plain.per_s, 1),
        "p95_ms": round(percentile(plain.taken, 0.95) * 1000, 1),
        "errors": plain.errors,
    }
    line = {"name": "letters", "database": "postgresql", "figures": figures, "peer": peer}
    print(json.dumps(line))


def _prepare() -> tuple[str, int]:
    """The plain model's table, the right to use it, and the registrar's session."""
    from django.contrib.auth.models import Group, Permission
    from django.db import connection
    from django.test import Client

    from benchmarks.plain.models import Note
    from casework.organisation.models import User
    from casework.register.models import NumberSeries

    with connection.schema_editor() as editor:
        editor.create_model(Note)
    registrar = User.objects.get(username="registrator")
    group = Group.objects.create(name="Anteckningar")
    group.permissions.set(Permission.objects.filter(content_type__app_label="plain"))
    registrar.groups.add(group)
    client = Client()
    client.force_login(registrar)
    return client.cookies["sessionid"].value, NumberSeries.objects.get(code="KS").pk


def _queries(series: int) -> int:
    """What registering one letter asks of the database, once the process is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from casework.organisation.models import User

    client = Client()
    client.force_login(User.objects.get(username="registrator"))
    for _warm in range(2):
        assert client.post("/admin/registrera/", letter_form(series)).status_code == 302
    with CaptureQueriesContext(connection) as queries:
        client.post("/admin/registrera/", letter_form(series))
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    asked = [row["sql"] for row in queries.captured_queries if not row["sql"].startswith(control)]
    connection.close()
    return len(asked)


def _note() -> dict[str, str]:
    return {
        "title": "Klagomål på snöröjning",
        "party": "Privatperson",
        "received_date": time.strftime("%Y-%m-%d"),
    }


def _send_many(
    work: tuple[int, str, Callable[[], tuple[str, dict[str, str]]], int],
) -> list[tuple[float, int]]:
    """Send a number of forms over one connection; the seconds and the status of each."""
    port, session, form, count = work
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={_CSRF}",
    }
    answers = []
    for _form in range(count):
        address, data = form()
        body = urlencode({**data, "csrfmiddlewaretoken": _CSRF})
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except OSError:
            status = 0
        finally:
            connection.close()
        answers.append((time.perf_counter() - start, status))
    return answers


if __name__ == "__main__":
    main()
