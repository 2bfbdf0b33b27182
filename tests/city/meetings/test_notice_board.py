# SPDX-License-Identifier: EUPL-1.2
"""Approved minutes are on the notice board for three weeks (KL 8:12)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from casework.meetings.models import Meeting
from casework.meetings.services import announce_minutes, approve_minutes, close_meeting
from casework.register.services import mark_secret
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def test_a_notice_goes_up_and_comes_down(client: Client, city: SmallCity) -> None:
    meeting, chair = city.meeting("grupp-pedagogiska"), city.people["ordforande"]
    close_meeting(meeting=meeting, actor=chair)
    meeting.refresh_from_db()
    approve_minutes(meeting=meeting, approved_by=city.people["ledamot"], actor=chair)
    assert "Inget protokoll är anslaget" in client.get("/anslagstavla/").content.decode()
    announce_minutes(meeting=meeting, actor=chair)
    meeting.refresh_from_db()
    text = client.get("/anslagstavla/").content.decode()
    for words in (str(meeting.body), f"{meeting.notice_until:%Y-%m-%d}", city.case("decided").dnr):
        assert words in text
    assert city.case("completion").title in text
    mark_secret(
        case=city.case("completion"), provision="OSL 26 kap. 1 §",
        actor=city.people["registrator"],
    )  # fmt: skip
    assert city.case("completion").title not in client.get("/anslagstavla/").content.decode()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(notice_until=yesterday)
    assert str(meeting.body) not in client.get("/anslagstavla/").content.decode()
