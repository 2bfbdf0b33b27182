# SPDX-License-Identifier: EUPL-1.2
"""`manage.py run_worker`: jobs, then the search index, round and round."""

from __future__ import annotations

import os
import signal
import time
from types import FrameType
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from casework.archive.tasks import retry_closings
from casework.disclosure.tasks import forget_contacts
from casework.dispatch.tasks import retry_dispatches
from casework.feedback.tasks import (
    retry_failed,
    send_digests,
    send_reminders,
    tell_reminders,
)
from casework.inbox.tasks import retry_forwardings, untie_orders
from casework.register.tasks import end_publications
from ops.heartbeat import beat
from ops.sweeping import sweep
from search import worker as search_worker

log = structlog.get_logger(__name__)
BEAT_SECONDS = 10
RETRY_MAIL_SECONDS = 30
DAILY_SECONDS = 24 * 3600


class Command(BaseCommand):
    """Does what the web processes leave for later: documents, mail, and the search index."""

    help = (
        "Run the background worker: jobs from the queue (documents, PDF, mail) and the search "
        "index from its outbox. One worker is enough; SIGTERM or Ctrl-C ends it after the job "
        "in hand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="do what there is to do, then end")
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds to rest when there is nothing"
        )

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        """Work until told to stop. A failing round is logged and tried again, later and later."""
        running = True

        def stop(signum: int, frame: FrameType | None) -> None:
            nonlocal running
            running = False

        if not once:
            signal.signal(signal.SIGTERM, stop)
            signal.signal(signal.SIGINT, stop)
        last_beat = last_retry = last_daily = -DAILY_SECONDS * 1.0
        rest = interval
        while running:
            try:
                close_old_connections()
                if time.monotonic() - last_beat >= BEAT_SECONDS:
                    beat()
                    last_beat = time.monotonic()
                if time.monotonic() - last_retry >= RETRY_MAIL_SECONDS:
                    retry_failed()
                    retry_dispatches()
                    retry_closings()
                    tell_reminders()
                    retry_forwardings()
                    send_digests()
                    send_reminders()
                    last_retry = time.monotonic()
                if time.monotonic() - last_daily >= DAILY_SECONDS:
                    log.info("files_swept", count=len(sweep()))
                    log.info("publications_ended", count=end_publications())
                    log.info("contacts_forgotten", count=forget_contacts())
                    log.info("orders_untied", count=untie_orders())
                    last_daily = time.monotonic()
                busy = _run_jobs() + _drain_index()
                rest = interval
            except Exception:
                if once:
                    raise
                log.exception("worker_round_failed")
                connection.close()
                busy, rest = 0, min(rest * 2, 60.0)
            if once and not busy:
                return
            if running and not busy:
                time.sleep(rest)


class _BatchWorker(Worker):
    """The queue's own worker, told to end when the queue is empty, with a sign of life per job."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run one job and say that we live."""
        super().run_task(db_task_result)
        beat()


def _run_jobs() -> int:
    """Run all jobs that are due and return how many there were."""
    if not DBTaskResult.objects.ready().exists():
        return 0
    worker = _BatchWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=50,
        worker_id=f"{os.uname().nodename}-{os.getpid()}"[:64],
        excluded_queue_names=[],
    )
    worker.run()
    return int(worker._run_tasks)


def _drain_index() -> int:
    """Send what has changed to the search index and return how many objects it was."""
    return int(search_worker.drain() or 0)
