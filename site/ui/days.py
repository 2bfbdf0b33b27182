# SPDX-License-Identifier: EUPL-1.2
"""Days as a registrar types them: ``i`` (today), ``-1``, a weekday, ``24/11``, ``261124``."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

_OFFSET = re.compile(r"[+-]\d{1,3}")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_DIGITS = re.compile(r"(\d{2}|\d{4})(\d{2})(\d{2})")


def read_day(text: str) -> dt.date | None:
    """The day that is meant, or None where the text is none of the short spellings.

    ``i`` is today, ``-1`` yesterday; two letters of a weekday or more are the last such day, today
    among them. A day without a year is the one nearest to today; two digits are a year of this
    century.
    """
    text = text.strip().lower()
    today = timezone.localdate()
    if text in {"i", _("idag"), _("i dag")}:
        return today
    if _OFFSET.fullmatch(text):
        return today + dt.timedelta(days=int(text))
    for weekday, name in WEEKDAYS.items():
        if len(text) > 1 and name.lower().startswith(text):
            return today - dt.timedelta(days=(today.weekday() - weekday) % 7)
    try:
        if match := _DAY_AND_MONTH.fullmatch(text):
            return _nearest(int(match[1]), int(match[2]), today)
        if match := _DIGITS.fullmatch(text):
            year = int(match[1])
            return dt.date(year + 2000 if year < 100 else year, int(match[2]), int(match[3]))
    except ValueError:
        return None
    return None


def _nearest(day: int, month: int, today: dt.date) -> dt.date:
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):  # 29 February
            candidates.append(dt.date(year, month, day))
    if not candidates:
        raise ValueError
    return min(candidates, key=lambda candidate: abs(candidate - today))
