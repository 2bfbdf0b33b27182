# SPDX-License-Identifier: EUPL-1.2
"""The calendar: what falls when, for the person who reads (R53)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _l

from casework.process.calendar import days_of
from ui.base import DeskView
from ui.calendar import feed_address


class CalendarView(DeskView):
    """Month by month: the rounds' stations, meetings, and what one is to have done."""

    template_name = "desk/planning/calendar.html"
    header_icon = "calendar"
    page_title = _l("Kalender")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The months with their days, and the address for one's own calendar."""
        months = groupby(days_of(self.user), key=lambda day: day.day.replace(day=1))
        return super().get_context_data(
            months=[(month, list(rows)) for month, rows in months],
            feed=self.request.build_absolute_uri(feed_address(self.user)),
            **kwargs,
        )
