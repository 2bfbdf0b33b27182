# SPDX-License-Identifier: EUPL-1.2
"""Lead times, completions, ends and silences, as a page, on paper and as a workbook (R52)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.feedback.selectors import SILENCE, silent
from casework.organisation.enums import Role
from casework.organisation.selectors import roles_of
from casework.process import statistics
from casework.register.enums import Outcome
from ui.bars import bars
from ui.base import DeskView
from ui.exports import workbook
from ui.present import stage_tag

READERS = frozenset(
    {
        Role.OFFICER,
        Role.REGISTRAR,
        Role.EXECUTIVE_OFFICE,
        Role.CITY_MANAGER,
        Role.COUNCIL_CHAIR,
        Role.COUNCIL_MEMBER,
        Role.GROUP_CHAIR,
        Role.LIAISON,
        Role.READER,
    }
)
"""Those who develop the method, and those who decide by it."""


class StatisticsView(DeskView):
    """The figures of one year, or of all."""

    template_name = "desk/statistics/statistics.html"
    header_icon = "table"
    page_title = _l("Statistik")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who neither work with the method nor decide by it."""
        if not roles_of(self.user) & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def year(self) -> int | None:
        """The chosen year; None for all."""
        text = self.request.GET.get("ar", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or its tables as a workbook."""
        if request.GET.get("format") == "xlsx":
            name = f"statistik-{self.year or 'alla'}.xlsx"
            return workbook(name, self.sheets(statistics.counted(self.user, year=self.year)))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Pictures and tables."""
        counted = statistics.counted(self.user, year=self.year)
        waits = statistics.waits(counted)
        loops = statistics.loops(counted)
        ends = statistics.ends(counted)
        # Of the outcomes that a case can have most are no initiative's: none gets an empty column.
        had = [outcome for outcome in Outcome if any(row.by_outcome.get(outcome) for row in ends)]
        now = timezone.now()
        return super().get_context_data(
            year=self.year,
            years=statistics.years(self.user),
            count=len(counted),
            waits=waits,
            wait_bars=bars([(row.words, row.median_days) for row in waits]),
            loops=loops,
            loop_bars=bars([(_times(times), count) for times, count in loops]),
            outcomes=[outcome.label for outcome in had],
            ends=[(row, [row.by_outcome.get(outcome, 0) for outcome in had]) for row in ends],
            rounds=statistics.by_round(counted),
            silent=[
                (process, at, (now - at).days, stage_tag(process.position))
                for process, at in silent(counted)
            ],
            silence=SILENCE.days,
            **kwargs,
        )

    def sheets(self, counted: list[int]) -> dict[str, list[list[Any]]]:
        """The tables by their names."""
        return {
            _("Tid i varje läge"): [
                [_("Läge"), _("Antal"), _("Median, dagar"), _("Längst, dagar")],
                *(
                    [row.words, row.count, row.median_days, row.longest_days]
                    for row in statistics.waits(counted)
                ),
            ],
            _("Kompletteringar"): [
                [_("Gånger"), _("Initiativ")],
                *([times, count] for times, count in statistics.loops(counted)),
            ],
            _("Utfall"): [
                [_("Förvaltning"), _("Antal"), *(str(o.label) for o in Outcome), _("Pågår")],
                *(
                    [
                        row.administration, row.total,
                        *(row.by_outcome.get(code, 0) for code in Outcome.values), row.open,
                    ]
                    for row in statistics.ends(counted)
                ),
            ],
            _("Omgångar"): [
                [_("Omgång"), _("Initiativ"), _("Fick medel"), _("Uppskjutna")],
                *(list(row) for row in statistics.by_round(counted)),
            ],
        }  # fmt: skip


def _times(times: int) -> str:
    if times == 0:
        return _("Ingen gång")
    return ngettext("%(n)s gång", "%(n)s gånger", times) % {"n": times}
