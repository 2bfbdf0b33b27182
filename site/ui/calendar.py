# SPDX-License-Identifier: EUPL-1.2
"""A person's days as a calendar that other programs read (iCalendar, RFC 5545).

The address holds who it is for, signed; whoever has it reads the calendar, as with every
calendar's address. It ends with the password that it was made under, or with the account.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from icalendar import Calendar, Event

from casework.organisation.models import User
from casework.process.calendar import CalendarDay, days_of

SALT = "ui.calendar"
HOUR = dt.timedelta(hours=1)


def feed_address(user: User) -> str:
    """The address of the person's calendar."""
    key = signing.Signer(salt=SALT).sign_object([user.pk, _mark(user)])
    return reverse("calendar_feed", args=[key])


def reader_of(key: str) -> User | None:
    """Whose calendar an address is of; None when it is nobody's, or no longer."""
    try:
        pk, mark = signing.Signer(salt=SALT).unsign_object(key)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(str(mark), _mark(user)) else None


def calendar_of(user: User, *, name: str) -> bytes:
    """The person's days, as a file.

    Args:
        user: whose.
        name: of the calendar, the city's.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Initiativ//sv")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for day in days_of(user):
        calendar.add_component(_event(day))
    return bytes(calendar.to_ical())


def _event(day: CalendarDay) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@initiativ")
    event.add("dtstamp", timezone.now())
    event.add("summary", day.words)
    if day.several:
        event.add("description", ", ".join(number for number, _obj in day.several))
    if day.place:
        event.add("location", day.place)
    if day.starts_at is not None:
        start = timezone.make_aware(dt.datetime.combine(day.day, day.starts_at))
        event.add("dtstart", start.astimezone(dt.UTC))
        event.add("dtend", start.astimezone(dt.UTC) + HOUR)
    else:
        event.add("dtstart", day.day)
        event.add("dtend", day.day + dt.timedelta(days=1))
    return event


def _mark(user: User) -> str:
    """What changes with the person's password, and tells nothing of it."""
    return salted_hmac(SALT, user.password, algorithm="sha256").hexdigest()[:16]
