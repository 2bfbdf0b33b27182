# SPDX-License-Identifier: EUPL-1.2
"""Letters with files, while web workers are killed and the database is stopped hard.

Sixteen clients send letters to four web workers. Meanwhile workers get SIGKILL, and the database,
a cluster of its own on a free port of loopback, is stopped in the middle of things
(`pg_ctl stop -m immediate`) and started again. Whoever got no answer sends the same form again, as
a person does. Then the register is gone through: nothing that was acknowledged may be lost, no
number may be missing or given twice, nothing may be left over.

    python -m benchmarks.kills --kills 20 --stops 3

Needs PostgreSQL's own programs, no server. The last line is JSON; the program fails where anything
was lost.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.city import ensure_registrar, free_port, letter_form, setup, web_server

_CSRF = "b" * 32
_PATIENCE = 30
#: Seconds until somebody tries again.
_PAUSE = 0.5


@dataclass
class Cluster:
    """A PostgreSQL of this run's own, in a folder that goes with it."""

    folder: Path
    port: int
    user: str | None

    @property
    def url(self) -> str:
        """As DATABASE_URL has it."""
        return f"postgres://initiativ@127.0.0.1:{self.port}/initiativ"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder}"
        options += " -c recovery_init_sync_method=syncfs"
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options
        )

    def stop(self, mode: str) -> None:
        """Stop it: "immediate" is as if the power went."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self.folder / "data"), "-m", mode)

    def make(self) -> None:
        """Make its files, start it, and make the database."""
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", "initiativ", "--auth", "trust",
            "-E", "UTF8", "--locale", "C.UTF-8",
        )  # fmt: skip
        self.start()
        self._run(
            "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "initiativ", "initiativ"
        )

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs; as root it becomes the server's own user first."""
        subprocess.run(
            [programs()[program], *arguments], check=True, user=self.user, group=self.user,
            extra_groups=[] if self.user else None, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def programs() -> dict[str, str]:
    """Where PostgreSQL's own programs are; without those that are not on the machine."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda x: float(x.parent.name))
    places = os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(newest))])
    found = {name: shutil.which(name, path=places) for name in ("initdb", "pg_ctl", "createdb")}
    return {name: path for name, path in found.items() if path}


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A cluster that is made, and gone afterwards. It writes to disk before it answers (fsync)."""
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    cluster = Cluster(folder, free_port(), user)
    try:
        cluster.make()
        yield cluster
    finally:
        with suppress(subprocess.CalledProcessError):  # it may never have come up
            cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Sent:
    """What the clients sent and were told."""

    letters: int = 0
    posts: int = 0
    acknowledged: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> int:
    """Register under kills and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--kills", type=int, default=20, help="web workers that get SIGKILL")
    parser.add_argument("--stops", type=int, default=3, help="hard stops of the database")
    parser.add_argument("--every", type=float, default=2.0, help="seconds between them")
    parser.add_argument("--short", action="store_true", help="a kill each half second")
    options = parser.parse_args()
    if options.short:
        options.every = 0.5
    if len(programs()) < 3:
        parser.error("PostgreSQL's own programs (initdb, pg_ctl, createdb) are not here.")
    with own_cluster() as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        os.environ["RECORDS_ROOT"] = str(cluster.folder / "records")
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        setup()
        session, series = _prepare()
        sent = Sent()
        begun = time.perf_counter()
        with web_server(workers=4, threads=4, preload=True) as (port, master):
            done = threading.Event()
            clients = [
                threading.Thread(target=_register, args=(port, session, series, sent, done))
                for _client in range(options.clients)
            ]
            for client in clients:
                client.start()
            killed = _disturb(master, cluster, options.kills, options.stops, options.every)
            done.set()
            for client in clients:
                client.join()
        figures = {"kills": killed, "stops": options.stops}
        figures |= {"seconds": round(time.perf_counter() - begun)} | _audit(sent)
    print(json.dumps({"name": "kills", "database": "postgresql", "figures": figures}))
    wrong = ("lost", "duplicates", "gaps", "faults", "orphans_left", "unanswered")
    return int(any(figures[name] for name in wrong))


def _prepare() -> tuple[str, int]:
    """The tables, the registrar's session, and the series that numbers come from."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections
    from django.test import Client

    from casework.organisation.models import User
    from casework.register.models import NumberSeries
    from tests.foundation import lay_foundation

    # From the models, as in the tests: all migrations would take longer than the rest.
    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    lay_foundation()
    ensure_registrar()
    client = Client()
    client.force_login(User.objects.get(username="registrator"))
    series = NumberSeries.objects.get(code="KS").pk
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # what is replayed after a stop is the letters
    connections.close_all()
    return client.cookies["sessionid"].value, series


def _disturb(master: int, cluster: Cluster, kills: int, stops: int, every: float) -> int:
    """Kill workers, one after the other, and now and then the database; how many were killed."""
    chance = random.Random(7)
    turns = [os.kill] * kills
    stop_after = {round((number + 1) * kills / (stops + 1)) for number in range(stops)}
    killed = 0
    for turn, kill in enumerate(turns, start=1):
        time.sleep(every)
        workers = _children(master)
        while not workers:
            time.sleep(0.05)
            workers = _children(master)
        kill(chance.choice(workers), signal.SIGKILL)
        killed += 1
        if turn in stop_after:
            time.sleep(every)
            cluster.stop("immediate")
            cluster.start()
    time.sleep(every)
    return killed


def _children(process: int) -> list[int]:
    """The processes that one has started and that still run."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(x) for x in listed.split()]


def _register(port: int, session: str, series: int, sent: Sent, done: threading.Event) -> None:
    """Send letters, every other with a file, each until it is acknowledged."""
    number = 0
    while not done.is_set():
        number += 1
        form = letter_form(series)
        file = f"Brev {form['token']}".encode() * 200 if number % 2 else b""
        with sent.lock:
            sent.letters += 1
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            status = _post(port, session, form, file)
            with sent.lock:
                sent.posts += 1
                sent.answers[status] += 1
                if status == 302:
                    sent.acknowledged.append(form["title"])
                    break
            time.sleep(_PAUSE)


def _post(port: int, session: str, form: dict[str, str], file: bytes) -> int:
    """Send a form as browsers do, and the answer's status; 0 where none came."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {**form, "csrfmiddlewaretoken": _CSRF}.items()
    ]
    if file:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="brev.txt"'
        parts.append(f"{head}\r\nContent-Type: text/plain\r\n\r\n".encode() + file + b"\r\n")
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"sessionid={session}; csrftoken={_CSRF}",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("POST", "/admin/registrera/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _audit(sent: Sent) -> dict[str, int | dict[int, int]]:
    """Go through what is there."""
    from django.core.files.storage import storages
    from django.db.models import Count

    from casework.register.audit import verify_register
    from casework.register.models import Case, DiaryEntry, RecordFile, SeriesCounter
    from ops.sweeping import YOUNG, sweep

    counted = Counter(Case.objects.values_list("title", flat=True))
    serials = list(
        DiaryEntry.objects.filter(record_number=0).order_by("serial").values_list(
            "serial", flat=True
        )
    )  # fmt: skip
    last = SeriesCounter.objects.get(series__code="KS").last_serial
    records = Case.objects.annotate(records_there=Count("records"))
    long_ago = time.time() - 2 * YOUNG.total_seconds()
    for file in Path(storages["records"].path("")).rglob("*"):
        os.utime(file, (long_ago, long_ago))
    swept = sweep()
    return {
        "letters": sent.letters,
        "posts": sent.posts,
        "acknowledged": len(sent.acknowledged),
        "unanswered": sent.letters - len(sent.acknowledged),
        "answers": dict(sent.answers),
        "lost": sum(not counted[title] for title in sent.acknowledged),
        "duplicates": sum(many - 1 for many in counted.values()) + len(serials) - len(set(serials)),
        "gaps": len(set(range(1, last + 1)) ^ set(serials)),
        "half": records.exclude(records_there=1).count(),
        "files": RecordFile.objects.count(),
        "orphans_swept": len(swept),
        "orphans_left": len(sweep(dry_run=True)),
        "faults": len(verify_register().faults),
    }


if __name__ == "__main__":
    sys.exit(main())
