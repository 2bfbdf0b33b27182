# SPDX-License-Identifier: EUPL-1.2
"""A notice that could not be sent is tried again; one that was sent never is (R39)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casework.feedback import tasks
from casework.feedback.models import Notice, NoticeState
from ops.management.commands import run_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(settings: object) -> Notice:
    """One that waits, with a queue that keeps its jobs."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # type: ignore[attr-defined]
    return Notice.objects.create(address="larare@almstad.example", subject="Mottaget", body="Hej")


def fail(notice: Notice, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Try to send it while the mail server answers with an error."""

    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        tasks.send_notice.call(notice.pk)
    notice.refresh_from_db()


def earlier(notice: Notice, pause: dt.timedelta) -> None:
    """Let the time since the last attempt have passed."""
    Notice.objects.filter(pk=notice.pk).update(
        tried_at=timezone.now() - pause, created_at=timezone.now() - pause
    )


def run_jobs() -> int:
    """Run what is in the queue, in the test's own connection."""
    jobs = list(DBTaskResult.objects.ready())
    for job in jobs:
        tasks.send_notice.call(*job.args_kwargs["args"])
        job.delete()
    return len(jobs)


@pytest.mark.parametrize("error", [ConnectionRefusedError("stängt"), ValueError("adress")])
def test_a_failure_is_seen_on_the_notice(
    notice: Notice, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    fail(notice, monkeypatch, error)
    assert (notice.state, notice.error, notice.attempts) == (NoticeState.FAILED, str(error), 1)


def test_the_worker_sends_it_when_the_server_is_back(
    notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without anybody's doing: this is what the worker's round does after the pause."""
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)  # the test's own
    monkeypatch.setattr(run_worker, "_run_jobs", run_jobs)
    monkeypatch.setattr(run_worker, "_drain_index", lambda: 0)
    fail(notice, monkeypatch, ConnectionRefusedError("stängt"))
    assert tasks.retry_failed() == 0  # the pause
    earlier(notice, tasks.FIRST_PAUSE)
    call_command("run_worker", once=True)
    notice.refresh_from_db()
    assert (notice.state, notice.error) == (NoticeState.SENT, "")
    assert [message.subject for message in mail.outbox] == ["Mottaget"]
    earlier(notice, dt.timedelta(days=1))
    call_command("run_worker", once=True)
    assert len(mail.outbox) == 1


def test_pauses_grow_and_end(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    for _time in range(3):
        fail(notice, monkeypatch, ConnectionRefusedError("stängt"))
    earlier(notice, 3 * tasks.FIRST_PAUSE)
    assert tasks.retry_failed() == 0
    earlier(notice, 4 * tasks.FIRST_PAUSE)
    assert tasks.retry_failed() == 1
    Notice.objects.update(state=NoticeState.FAILED, attempts=tasks.MAX_ATTEMPTS)
    earlier(notice, dt.timedelta(days=9))
    assert tasks.retry_failed() == 0


def test_a_notice_whose_worker_was_killed_is_sent(notice: Notice) -> None:
    """Its job is gone or hangs as running for ever; the notice says "waiting"."""
    assert tasks.retry_failed() == 0
    earlier(notice, tasks.LOST_AFTER * 2)
    assert tasks.retry_failed() == 1
    assert tasks.retry_failed() == 0
    assert DBTaskResult.objects.count() == 1
