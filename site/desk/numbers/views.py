# SPDX-License-Identifier: EUPL-1.2
"""Every series and year: its numbers, its voided ones, its chain, and its seal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.journal.models import Chain
from casework.journal.seal import Seal, last_seal
from casework.register.models import NumberSeries
from casework.register.number_audit import SeriesYear, audited_authorities, series_years
from casework.register.permissions import may_audit
from casework.register.services import audit_numbers
from casework.register.tasks import audit
from ui.base import DeskView, done
from ui.exports import workbook

AT_ONCE = 20_000
"""Chains up to so many entries are computed while one waits: about a second."""


def newest_seal() -> Seal | None:
    """The last line of the city's seal file, if it keeps one."""
    return last_seal(Path(settings.SEAL_FILE)) if settings.SEAL_FILE else None


def seal_words(seal: Seal | None, chain: str) -> str:
    """Whether the sealed head still stands."""
    if seal is None:
        return _("inget sigill") if settings.SEAL_FILE else _("ingen sigillfil är inställd")
    holds = seal.holds(chain)
    if holds is None:
        return _("fanns inte när sigillet gjordes")
    day = seal.at[:10]
    return (_("stämmer, %(day)s") if holds else _("stämmer inte, %(day)s")) % {"day": day}


class NumbersView(DeskView):
    """The numbers of the series that the person answers for."""

    template_name = "desk/numbers/numbers.html"
    header_icon = "list-ol"
    page_title = _l("Nummergranskning")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Registrars and administrators."""
        if not audited_authorities(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or a workbook."""
        if request.GET.get("format") == "xlsx":
            name = f"nummergranskning-{timezone.localdate():%Y-%m-%d}.xlsx"
            return workbook(name, self.sheets())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each series and year, with what its seal says."""
        seal = newest_seal()
        rows = [(row, seal_words(seal, row.chain)) for row in series_years(self.user)]
        return super().get_context_data(rows=rows, **kwargs)

    def sheets(self) -> dict[str, list[list[Any]]]:
        """Two sheets: the series, and the voided numbers."""
        seal = newest_seal()
        rows = series_years(self.user)
        return {
            _("Serier"): [
                [
                    _("Serie"), _("År"), _("Första"), _("Sista"), _("Antal"), _("Makulerade"),
                    _("Makulerade handlingar"),
                    _("Saknas"), _("Handlingar"), _("Granskad"), _("Av"), _("Fel"),
                    _("Kedjans sista hash"), _("Sigill"),
                ],
                *(_cells(row, seal_words(seal, row.chain)) for row in rows),
            ],
            _("Makulerade"): [
                [_("Nummer"), _("Skäl"), _("Dag"), _("Av")],
                *(
                    [void.number, void.reason, timezone.localdate(void.at), void.by]
                    for row in rows
                    for void in row.voids
                ),
            ],
        }  # fmt: skip


def _cells(row: SeriesYear, seal: str) -> list[Any]:
    found = row.audit
    told = (
        [timezone.localdate(found.at), str(found.by or ""), len(found.faults), found.head]
        if found
        else ["", "", "", ""]
    )
    return [
        row.series.code, row.year, row.first, row.last, row.count, row.void_cases,
        row.void_records, row.missing,
        row.records, *told, seal,
    ]  # fmt: skip


class AuditView(DeskView):
    """Have the numbers and the chain of a series' year computed again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """At once, or in the background where the chain is long."""
        series = get_object_or_404(NumberSeries, pk=kwargs["pk"])
        year = int(kwargs["year"])
        if not may_audit(self.user, series):
            raise Http404
        here = reverse("desk_numbers")
        name = f"{series.code} {year}"
        chain = Chain.objects.filter(key=f"{series.code}/{year}").first()
        if chain is not None and chain.length > AT_ONCE:
            audit.enqueue(series.pk, year, self.user.pk)
            told = _("%(series)s granskas i bakgrunden. Läs in sidan igen om en stund.")
            return done(request, told % {"series": name}, here)
        faults = audit_numbers(series=series, year=year, actor=self.user).faults
        told = _("%(series)s är granskad: %(faults)s.")
        words = _("inga fel") if not faults else _("%(n)s fel") % {"n": len(faults)}
        return done(request, told % {"series": name, "faults": words}, here)
