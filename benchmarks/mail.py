# SPDX-License-Identifier: EUPL-1.2
"""Four hundred mails fetched from a Maildir and filed, and two hundred that mean harm.

    DATABASE_URL=postgres://… python -m benchmarks.mail

A third of the mails have attachments, a third name a case, some are twins, bounces or absences.
They are fetched by the command, and filed by the services one after the other, every other as a
new case with its acknowledgement; what the worker does afterwards (sending, reading texts) is told
apart. Uses a database and a folder of its own and takes both away. The last line is JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import tempfile
import time
from pathlib import Path

from benchmarks.city import own_database

COUNT = 400


def main() -> None:
    """Measure both and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--short", action="store_true", help="forty mails")
    options = parser.parse_args()
    count = 40 if options.short else options.count
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECORDS_ROOT"] = f"{folder}/records"
        os.environ["SEARCH_DIR"] = f"{folder}/index"
        os.environ["EMAIL_URL"] = f"file://{folder}/sent"
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
        with own_database("bench_mail"):
            figures = {**_file_many(Path(folder), count), **_hostile()}
    line = {
        "name": "mail",
        "database": "postgresql",
        "figures": figures,
        "peer": {"filed_400_s": 60},
    }
    print(json.dumps(line))


def _file_many(folder: Path, count: int) -> dict[str, object]:
    from django.core.management import call_command

    from casework.inbox.models import InboxItem
    from casework.inbox.services import file_as_new_case, file_as_record
    from casework.organisation.models import User
    from casework.register.models import NumberSeries
    from casework.register.services import register_letter

    registrar = User.objects.get(username="registrator")
    series = NumberSeries.objects.get(code="KS")
    case, _record = register_letter(
        series=series, actor=registrar, title="Belysning", received_date=_today()
    )
    maildir = folder / "post"
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True)
    for number, data in enumerate(_mails(count, case.dnr)):
        (maildir / "new" / f"{number:05}.x.host").write_bytes(data)
    start = time.perf_counter()
    call_command(
        "fetch_mail", source=[f"maildir://{maildir}"], authority="KS", stdout=io.StringIO()
    )
    fetched = time.perf_counter() - start
    filed = 0
    for item in InboxItem.objects.waiting():
        if filed % 2:
            file_as_record(item=item, case=case, actor=registrar, title=item.title)
        else:
            file_as_new_case(item=item, series=series, actor=registrar, title=item.title)
        filed += 1
    whole = time.perf_counter() - start
    call_command("run_worker", once=True)
    return {
        f"filed_{count}_s": round(whole, 1),
        "fetched_s": round(fetched, 1),
        "filed": filed,
        "set_aside": InboxItem.objects.filter(state="set_aside").count(),
        "worker_s": round(time.perf_counter() - start - whole, 1),
    }


def _mails(count: int, dnr: str) -> list[bytes]:
    from tests import documents, mails

    found = []
    for number in range(count):
        word = ("brev.docx", documents.docx(f"Brev {number}"))
        note = ("anteckning.odt", documents.odt(f"Text {number}"))
        files = ((), (word, ("bild.pdf", documents.pdf("Sida"))), (note,))[number % 3]
        subject = f"SV: {dnr}" if number % 3 == 1 else f"Klagomål {number}"
        sender = f"Person {number % 50} <person{number % 50}@example.com>"
        found.append(
            mails.mail(subject, sender=sender, text=f"Brev nummer {number}.\n" * 20, files=files)
        )
    # Beside them what nobody files: a bounce, an absence, and some that came twice.
    twins = [b"Received: by x\r\n" + data for data in found[:8]]
    return [*found, mails.bounce(), mails.auto_reply(dnr), *twins]


def _hostile() -> dict[str, object]:
    """Wrong filings and crashes among two hundred, and how long they take."""
    from casework.inbox.models import InboxItem
    from casework.inbox.services import Children, receive_mail
    from casework.organisation.models import Authority
    from casework.register.models import Case, Record
    from tests import mails

    authority = Authority.objects.get(code="KS")
    dnr = Case.objects.earliest("pk").dnr
    before = Case.objects.count() + Record.objects.count()
    start, crashes, slowest = time.perf_counter(), 0, 0.0
    with Children() as children:
        for _name, data in mails.hostile(dnr, "KS 2026/999"):
            began = time.perf_counter()
            try:
                item, _is_new = receive_mail(
                    authority=authority, data=data, source="x", actor=None, children=children
                )
                assert item.files.filter(is_original=True).exists()
            except Exception as error:
                crashes += 1
                print(f"{_name}: {error!r}")
            slowest = max(slowest, time.perf_counter() - began)
    filed = Case.objects.count() + Record.objects.count() - before
    filed += InboxItem.objects.filter(source="x", state="filed").count()
    return {
        "hostile_200": {"wrong_filings": filed, "crashes": crashes},
        "hostile_200_s": round(time.perf_counter() - start, 1),
        "slowest_s": round(slowest, 2),
    }


def _today() -> dt.date:
    from django.utils import timezone

    return timezone.localdate()


if __name__ == "__main__":
    main()
