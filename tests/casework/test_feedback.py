# SPDX-License-Identifier: EUPL-1.2
"""Everyone concerned is told, in the system and by mail as they choose (R39, R46, R64)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.feedback import tasks
from casework.feedback.models import Channel, Concern, Notice, NoticeState
from casework.feedback.selectors import news_of, unread
from casework.feedback.services import choose_channel, mark_read
from casework.initiatives.enums import ScopeReason
from casework.organisation.enums import Role
from casework.organisation.services import appoint
from casework.process import services
from casework.register.services import mark_secret
from tests import small_city
from tests.small_city import SmallCity


def told(city: SmallCity, transition: str) -> dict[str, str]:
    """Who was told of the newest step of a kind, and why."""
    rows = Notice.objects.filter(step__transition=transition).order_by("-step")
    newest = rows[0].step_id
    return {row.user.username: row.concern for row in rows if row.step_id == newest and row.user}


def accept(city: SmallCity) -> None:
    services.accept_scope(
        initiative=city.initiatives["registered"],
        actor=city.people["handlaggare"],
        ground=ScopeReason.CROSS,
    )


@pytest.fixture
def morning() -> dt.datetime:
    """Tomorrow at eight, Swedish time: the day's digest is due."""
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    return tomorrow.replace(hour=8, minute=0)


def test_the_group_is_told_when_something_is_handed_to_it(city: SmallCity) -> None:
    small_city.with_group(city, "Öppna lekplatser")
    found = told(city, "hand_to_group")
    assert found["ordforande"] == found["ledamot"] == Concern.RECEIVER
    assert found["larare"] == Concern.ORIGINATOR
    assert "handlaggare" not in found  # who took the step knows


def test_the_contact_person_is_told_when_an_idea_comes_in(city: SmallCity) -> None:
    initiative = small_city.draft(city, "Ljusare gångvägar")
    services.submit(initiative=initiative, actor=city.people["larare"])
    assert told(city, "submit") == {"kontakt": Concern.RECEIVER}


def test_the_officer_is_told_what_others_decide(city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    services.withdraw(initiative=initiative, actor=city.people["larare"], reason="Löst ändå")
    assert told(city, "withdraw")["handlaggare"] == Concern.OFFICER


def test_the_contact_persons_of_affected_are_told_of_what_they_may_see(city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    neighbour = small_city.person(city, "granne")
    appoint(
        user=neighbour, role=Role.LIAISON, scope=city.administrations[1],
        actor=None,
    )  # fmt: skip
    assert city.administrations[1] in initiative.affected.all()
    services.accept_scope(
        initiative=initiative, actor=city.people["handlaggare"], ground=ScopeReason.CROSS
    )
    assert Notice.objects.filter(
        initiative=initiative, step__transition="accept_scope", user=neighbour
    ).values_list("concern", flat=True)[0] == (Concern.NEIGHBOUR)
    mark_secret(
        case=city.case("registered"), provision="OSL 26:1", actor=city.people["registrator"]
    )
    services.withdraw(initiative=initiative, actor=city.people["larare"], reason="Löst ändå")
    assert "granne" not in told(city, "withdraw")


def test_each_notice_says_what_comes_and_who_has_it(city: SmallCity) -> None:
    accept(city)
    notice = Notice.objects.get(
        initiative=city.initiatives["registered"],
        step__transition="accept_scope",
        user=city.people["larare"],
    )
    assert notice.next_step
    assert notice.next_step in notice.body
    assert ", hos " in notice.next_step


def test_a_mail_before_registration_does_not_carry_the_title(city: SmallCity) -> None:
    initiative = small_city.draft(city, "Ljusare gångvägar")
    services.submit(initiative=initiative, actor=city.people["larare"])
    services.return_to_originator(
        initiative=initiative, actor=city.people["kontakt"], reason="Hur många vägar?"
    )
    for row in Notice.objects.filter(initiative=initiative):
        assert "gångvägar" not in row.subject + row.body
        assert str(initiative.pk) in row.subject


def test_all_but_the_originator_get_one_mail_a_day(
    city: SmallCity, morning: dt.datetime, django_capture_on_commit_callbacks: Any
) -> None:
    Notice.objects.update(state=NoticeState.SENT)
    with django_capture_on_commit_callbacks(execute=True):
        accept(city)
        services.withdraw(
            initiative=city.initiatives["registered"],
            actor=city.people["larare"],
            reason="Löst ändå",
        )
    assert [message.to for message in mail.outbox] == [["larare@almstad.example"]]
    mail.outbox.clear()
    with time_machine.travel(morning.replace(hour=5), tick=False):
        assert tasks.send_digests() == 0  # nobody is woken
    with time_machine.travel(morning, tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert tasks.send_digests() == 2
            assert tasks.send_digests() == 0
        by_address = {message.to[0]: message for message in mail.outbox}
        assert set(by_address) == {"kontakt@almstad.example", "handlaggare@almstad.example"}
        digest = by_address["kontakt@almstad.example"]
        assert digest.body.count(city.case("registered").dnr) == 2
        assert "skolvägar" not in f"{digest.subject} {digest.body}"
    assert not Notice.objects.filter(state=NoticeState.COLLECTED).exists()


def test_a_second_digest_waits_for_the_next_day(city: SmallCity, morning: dt.datetime) -> None:
    accept(city)
    with time_machine.travel(morning, tick=False):
        tasks.send_digests()
        services.withdraw(
            initiative=city.initiatives["registered"],
            actor=city.people["larare"],
            reason="Löst ändå",
        )
        assert tasks.send_digests() == 0
    with time_machine.travel(morning + dt.timedelta(days=1), tick=False):
        assert tasks.send_digests() == 2


def test_what_was_read_in_the_system_is_not_mailed_again(
    city: SmallCity, morning: dt.datetime
) -> None:
    Notice.objects.update(state=NoticeState.SENT)
    accept(city)
    mark_read(actor=city.people["kontakt"])
    with time_machine.travel(morning, tick=False):
        assert tasks.send_digests() == 0


def test_a_person_chooses_how_to_be_told(city: SmallCity) -> None:
    choose_channel(actor=city.people["larare"], channel=Channel.SYSTEM)
    choose_channel(actor=city.people["kontakt"], channel=Channel.MAIL)
    accept(city)
    states = dict(
        Notice.objects.filter(
            initiative=city.initiatives["registered"], step__transition="accept_scope"
        ).values_list("user__username", "state")
    )
    assert states == {"larare": NoticeState.SHOWN, "kontakt": NoticeState.WAITING}
    with pytest.raises(ValidationError):
        choose_channel(actor=city.people["larare"], channel="brevduva")


def test_reading_counts_down_and_is_ones_own(city: SmallCity) -> None:
    accept(city)
    reader, other = city.people["larare"], city.people["kontakt"]
    newest, count = news_of(reader)[0], unread(reader)
    assert mark_read(actor=other, notice=newest) == 0
    assert mark_read(actor=reader, notice=newest) == 1
    assert unread(reader) == count - 1
    mark_read(actor=reader)
    assert unread(reader) == 0
    assert unread(other) > 0
