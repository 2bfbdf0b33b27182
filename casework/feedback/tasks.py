# SPDX-License-Identifier: EUPL-1.2
"""Sending notices, by the worker."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from casework.consultation.models import Consultee
from casework.consultation.selectors import due_between, overdue_consultees
from casework.feedback.models import Concern, Notice, NoticeState, Reminder
from casework.feedback.selectors import chosen_channels, news_of, state_for, with_stand_ins
from casework.follow_up.selectors import people_of
from casework.follow_up.services import take_due_reminders
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User

log = structlog.get_logger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=3)
MAX_ATTEMPTS = 24
#: A notice that has waited so long has lost its job: the worker was killed in the middle of it.
LOST_AFTER = timedelta(hours=1)


@task()
def send_notice(notice_id: int) -> None:
    """Send one notice; a failure is kept on it and tried again. One that is sent is left alone."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.state == NoticeState.SENT:
        return
    try:
        if notice.address:
            EmailMessage(notice.subject, notice.body, to=[notice.address]).send()
    except (OSError, ValueError) as error:  # no connection, refused; an address that is none
        notice.state, notice.error = NoticeState.FAILED, str(error)
        log.warning("notice_failed", notice=notice_id, error=str(error))
    else:
        notice.state, notice.error, notice.sent_at = NoticeState.SENT, "", timezone.now()
    notice.attempts, notice.tried_at = notice.attempts + 1, timezone.now()
    notice.save(update_fields=["state", "error", "sent_at", "attempts", "tried_at"])


REMIND_BEFORE = timedelta(days=3)
"""So long before its day somebody who was asked in a remiss is reminded."""

DIGEST_HOUR = 7
"""From this hour, Swedish time, the day's digest is sent."""

MAX_IN_DIGEST = 30
"""So many notices stand in a digest; the rest are counted, and stand in the system."""


@transaction.atomic
def send_digests() -> int:
    """Make one mail of what each person was told since the last; return how many mails.

    The worker calls it now and then. A person gets one a day at most, and none on a day without
    news. What the person has read in the system by then is left out.
    """
    now = timezone.localtime()
    if now.hour < DIGEST_HOUR:
        return 0
    had = Notice.objects.filter(digest_on=now.date()).values("user")
    rows = (
        Notice.objects.select_for_update(of=("self",))
        .filter(state=NoticeState.COLLECTED)
        .exclude(user__in=had)
        .select_related("user")
        .order_by("user", "created_at", "pk")
    )
    made = 0
    for user, group in groupby(rows, key=lambda row: row.user):
        assert user is not None  # only what somebody follows is collected
        told = list(group)
        seen = set(
            news_of(user).filter(pk__in=[row.pk for row in told]).values_list("pk", flat=True)
        )
        unread = [row for row in told if row.read_at is None and row.pk in seen]
        digest = None
        if unread and user.email:
            digest = Notice.objects.create(
                user=user,
                address=user.email,
                digest_on=now.date(),
                read_at=now,
                subject=ngettext("%(count)s nyhet", "%(count)s nyheter", len(unread))
                % {"count": len(unread)},
                body=_digest(unread),
            )
            transaction.on_commit(partial(enqueue, digest.pk))
            made += 1
        Notice.objects.filter(pk__in=[row.pk for row in told]).update(
            state=NoticeState.SENT if digest else NoticeState.SHOWN,
            digest=digest,
            sent_at=now if digest else None,
        )
    return made


@transaction.atomic
def send_reminders() -> int:
    """Remind those who have not answered a remiss: some days before its day, and the day after.

    The worker calls it now and then; each person is reminded once of each. Those who are told
    speak for a förvaltning that was asked and may see the case; the mail has its number and no
    content. Return how many mails.
    """
    now = timezone.localtime()
    if now.hour < DIGEST_HOUR:
        return 0
    made = []
    for reminder, rows in (
        (Reminder.AFTER, overdue_consultees(now.date())),
        (Reminder.BEFORE, due_between(now.date(), now.date() + REMIND_BEFORE)),
    ):
        for consultee in rows.filter(administration__isnull=False):
            made += [
                _reminder(consultee, user, reminder)
                for user in _speakers(consultee)
                if not Notice.objects.filter(
                    consultee=consultee, user=user, reminder=reminder
                ).exists()
            ]
    for notice in Notice.objects.bulk_create(with_stand_ins(made)):
        if notice.state == NoticeState.WAITING:
            transaction.on_commit(partial(enqueue, notice.pk))
    return len(made)


@transaction.atomic
def tell_reminders() -> int:
    """Tell those who have a bevakning on the day; each once for the day that it stands on.

    The worker calls it before the digests, so that it stands in that morning's mail. Only who is
    let in to the case, and to the record where it is about one, is told, and of no content.
    Return how many notices.
    """
    now = timezone.localtime()
    if now.hour < DIGEST_HOUR:
        return 0
    made = []
    for row in take_due_reminders(day=now.date()):
        people = people_of(row)
        chosen = chosen_channels(people)
        path = settings.DESK_CASE_PATH % row.case_id
        subject = _("Bevakning i %(dnr)s, %(day)s") % {"dnr": row.case.dnr, "day": row.day}
        made += [
            Notice(
                case=row.case,
                user=user,
                address=user.email,
                concern=Concern.REMINDED,
                path=path,
                state=state_for(user, Concern.REMINDED, chosen),
                subject=subject,
                body=plain_mail(subject, path),
            )
            for user in people
        ]
    notices = Notice.objects.bulk_create(with_stand_ins(made))
    for notice in notices:
        if notice.state == NoticeState.WAITING:
            transaction.on_commit(partial(enqueue, notice.pk))
    return len(notices)


def plain_mail(sentence: str, path: str) -> str:
    """A mail of one sentence and where to read on."""
    return "\n".join(
        [
            _("Hej,"),
            "",
            f"{sentence}.",
            "",
            _("Läs mer: %(url)s") % {"url": f"{settings.BASE_URL}{path}"},
            "",
            _("Hälsningar"),
            settings.CITY_NAME,
        ]
    )


def _speakers(consultee: Consultee) -> list[User]:
    """The contact persons of the förvaltning that was asked, who may see the case."""
    case = consultee.consultation.case
    rows = Appointment.objects.in_force().filter(
        role=Role.LIAISON, administration=consultee.administration_id, user__is_active=True
    )
    return [row.user for row in rows.select_related("user") if case.is_open_to(row.user)]


def _reminder(consultee: Consultee, user: User, reminder: Reminder) -> Notice:
    case, path = consultee.consultation.case, settings.DESK_CONSULTEE_PATH % consultee.pk
    if reminder == Reminder.BEFORE:
        subject = _("Påminnelse: remissen i %(dnr)s ska besvaras senast %(day)s")
    else:
        subject = _("Remissen i %(dnr)s skulle ha besvarats %(day)s")
    subject = subject % {"dnr": case.dnr, "day": consultee.deadline.isoformat()}
    lines = [
        _("Hej,"),
        "",
        f"{subject}.",
        _("%(name)s har inte svarat än. Behöver ni mer tid, hör av er till handläggaren.")
        % {"name": consultee.name},
        "",
        _("Svara här: %(url)s") % {"url": f"{settings.BASE_URL}{path}"},
        "",
        _("Hälsningar"),
        settings.CITY_NAME,
    ]
    return Notice(
        case=case,
        user=user,
        address=user.email,
        concern=Concern.ASKED,
        consultee=consultee,
        reminder=reminder,
        path=path,
        next_step=_("Svara på remissen, senast %(day)s") % {"day": consultee.deadline},
        subject=subject,
        body="\n".join(lines),
    )


def _digest(rows: list[Notice]) -> str:
    """The mail of a day: a line per notice, with what comes; no case content."""
    lines = [_("Hej,"), "", _("Det här har hänt sedan förra sammandraget:"), ""]
    for row in rows[:MAX_IN_DIGEST]:
        lines.append(f"- {row.subject}")
        if row.next_step:
            lines.append("  " + _("Nästa steg: %(next)s.") % {"next": row.next_step})
    if len(rows) > MAX_IN_DIGEST:
        lines.append(_("Och %(count)s till.") % {"count": len(rows) - MAX_IN_DIGEST})
    lines += [
        "",
        _("Läs mer, eller välj hur du vill få besked: %(url)s")
        % {"url": f"{settings.BASE_URL}{settings.NEWS_PATH}"},
        "",
        _("Hälsningar"),
        settings.CITY_NAME,
    ]
    return "\n".join(lines)


def enqueue(notice_id: int) -> None:
    """Hand a notice to the worker."""
    send_notice.enqueue(notice_id)


@transaction.atomic
def retry_failed() -> int:
    """Hand failed notices to the queue again, each after a longer pause; return how many.

    The worker calls it now and then. So a mail server that was down for a night costs nobody the
    word that a decision was made (R39). After MAX_ATTEMPTS, which takes more than two days, a
    notice stays failed. One that lost its job is sent again too.
    """
    now = timezone.now()
    lost = Q(state=NoticeState.WAITING, created_at__lt=now - LOST_AFTER) & (
        Q(tried_at=None) | Q(tried_at__lt=now - LOST_AFTER)
    )
    failed = Q(state=NoticeState.FAILED, attempts__lt=MAX_ATTEMPTS)
    due = 0
    for notice in Notice.objects.select_for_update().filter(failed | lost):
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** max(0, notice.attempts - 1))
        if notice.state == NoticeState.FAILED and notice.tried_at and notice.tried_at + pause > now:
            continue
        notice.state, notice.tried_at = NoticeState.WAITING, now
        notice.save(update_fields=["state", "tried_at"])
        enqueue(notice.pk)
        due += 1
    return due
