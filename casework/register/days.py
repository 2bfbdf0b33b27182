# SPDX-License-Identifier: EUPL-1.2
"""Days as the diary counts them: where one begins and ends, and working days."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def end_of(day: dt.date) -> dt.datetime:
    """The first instant after a day, in the city's time."""
    return begin_of(day + dt.timedelta(days=1))


def begin_of(day: dt.date) -> dt.datetime:
    """The first instant of a day, in the city's time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The day that lies so many working days, Monday to Friday, after another."""
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def letter_due(day: dt.date) -> dt.date:
    """By when a letter should be answered unless another day is said: ten working days."""
    return workdays_after(day, 10)
