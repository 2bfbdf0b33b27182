# SPDX-License-Identifier: EUPL-1.2
"""What is carried out in a list, the report on one, and the programme of e-services (R15, R40)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.basis import in_tkr
from casework.initiatives.selectors import Basis, bases_of
from casework.organisation.enums import COMMITTEE_SEATS, COUNCIL_SEATS, Role
from casework.organisation.selectors import roles_of
from casework.planning.enums import RoundState
from casework.planning.models import Cycle, Round
from casework.process.enums import Light, Stage, stage_words
from casework.process.models import Process, Programme, Progress
from casework.process.permissions import may_report, may_save_programme
from casework.process.progress import (
    REPORTED,
    Carried,
    carried_out,
    promises_of,
    tertials_to_report,
)
from casework.process.selectors import visible_processes
from casework.process.services import report_progress, save_programme
from casework.register.models import Case
from desk.progress.forms import ProgrammeForm, ReportForm
from ui.base import DeskView, FormView, done
from ui.exports import workbook
from ui.links import url_for
from ui.lookups import initiative_or_404

PROGRAMME_READERS = frozenset(
    {
        *COMMITTEE_SEATS,
        *COUNCIL_SEATS,
        Role.SECRETARY,
        Role.EXECUTIVE_OFFICE,
        Role.CITY_MANAGER,
        Role.OFFICER,
    }
)
"""Those who lead the programme and those who decide by it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One that is carried out, with the title that the person is shown."""

    carried: Carried
    title: str

    @property
    def stage(self) -> str:
        """Where it stands, in words."""
        return stage_words(self.carried.process.stage)


class CarriedView(DeskView):
    """All that kommunfullmäktige has decided, from planned to finished, with how it goes."""

    template_name = "desk/progress/list.html"
    header_icon = "tasks"
    page_title = _l("Genomförande")

    @cached_property
    def rows(self) -> list[Shown]:
        """What the person sees from the inside."""
        found = carried_out(self.user)
        titles = _titles(self.user, [row.process for row in found])
        return [
            Shown(row, titles[row.process.initiative.case_id])
            for row in found
            if row.process.initiative.case_id in titles
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or its table as a workbook."""
        if request.GET.get("format") == "xlsx":
            return workbook("genomforande.xlsx", {_("Genomförande"): [_head(), *self._cells()]})
        return super().get(request, *args, **kwargs)

    def _cells(self) -> list[list[object]]:
        return [
            [
                row.carried.process.initiative.case.dnr,
                row.title,
                str(row.carried.process.initiative.service_area or ""),
                row.stage,
                row.carried.granted_tkr,
                row.carried.newest.spent_tkr if row.carried.newest else None,
                row.carried.newest.get_light_display() if row.carried.newest else "",
                row.carried.newest.words if row.carried.newest else "",
            ]
            for row in self.rows
            if row.carried.process.initiative.case is not None
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows by stage, and how many stand in each light."""
        running = [row for row in self.rows if row.carried.process.stage == Stage.IMPLEMENTING]
        lights = Counter(row.carried.newest.light for row in running if row.carried.newest)
        groups = [
            (
                stage_words(stage),
                [row for row in self.rows if row.carried.process.stage == stage],
            )
            for stage in (Stage.IMPLEMENTING, Stage.APPROVED, Stage.IMPLEMENTED)
        ]
        return super().get_context_data(
            groups=[(name, rows) for name, rows in groups if rows],
            lights=[(light.label, lights[light]) for light in Light],
            unreported=sum(row.carried.newest is None for row in running),
            late=sum(row.carried.is_late for row in running),
            granted=in_tkr(sum(row.carried.granted_tkr for row in running)),
            spent=in_tkr(
                sum(row.carried.newest.spent_tkr for row in running if row.carried.newest)
            ),
            **kwargs,
        )


def _head() -> list[object]:
    return [
        _("Nummer"),
        _("Initiativ"),
        _("Tjänsteområde"),
        _("Var det är"),
        _("Beviljat, tkr"),
        _("Förbrukat, tkr"),
        _("Läge"),
        _("Beskrivning"),
    ]


def _titles(user: Any, processes: list[Process]) -> dict[int | None, str]:
    """The titles of the cases that the person reads from the inside."""
    keys = [row.initiative.case_id for row in processes]
    rows = Case.objects.shown_to(user).filter(pk__in=keys, is_internal=True)
    return {row.pk: row.shown_title for row in rows}


class ReportView(FormView):
    """Report on one tertial of one initiative."""

    page_title = _l("Rapportera läget")
    submit_label = _l("Spara rapporten")
    crumbs = ((_l("Genomförande"), "desk_progress"),)
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the initiative; those who do not report on it have no form."""
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        if self.initiative.process.stage not in REPORTED:
            raise Http404
        if not may_report(self.initiative.process, self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> ReportForm:
        """The tertials since the start and the groups to whom benefit was promised."""
        reports = list(
            Progress.objects.filter(initiative=self.initiative).order_by("year", "tertial", "pk")
        )
        tertials = tertials_to_report(self.initiative.process)
        initial: dict[str, Any] = {}
        if len(tertials) > 1:
            initial["tertial"] = f"{tertials[1].year}-{tertials[1].number}"
        return ReportForm(
            data,
            tertials=tertials,
            promises=promises_of(self.initiative, reports),
            initial=initial,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case beside the form."""
        return super().get_context_data(
            case=self.initiative.case,
            intro=str(self.initiative),
            back=url_for(self.initiative, "desk"),
            **kwargs,
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Save it as a report of its own."""
        report = report_progress(initiative=self.initiative, actor=self.user, **form.arguments())
        return done(
            self.request,
            _("Läget är rapporterat för T%(tertial)s %(year)s.")
            % {"tertial": report.tertial, "year": report.year},
            url_for(self.initiative, "desk"),
        )


@dataclass(frozen=True, slots=True)
class Service:
    """An e-service of the year: where it stands, what it is for, its risk and its money."""

    basis: Basis
    title: str
    stage: str
    carried: Carried | None

    @property
    def asked_tkr(self) -> int:
        """What it asks the city for."""
        plan = self.basis.plan
        return plan.asked if plan else self.basis.initiative.cost_tkr or 0


class ProgrammeView(FormView):
    """The e-services of a year together, and what the committee says of them (R15)."""

    template_name = "desk/progress/programme.html"
    header_icon = "desktop"
    submit_label = _l("Spara programmet")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who neither lead the programme nor decide by it."""
        if not roles_of(self.user) & PROGRAMME_READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The year's."""
        cycle = self.cycle
        return _("E-tjänsteprogram %(year)s") % {"year": cycle} if cycle else _("E-tjänsteprogram")

    @cached_property
    def cycle(self) -> Cycle | None:
        """The chosen year; else that of the open round that is decided next."""
        text = self.request.GET.get("ar", "")
        if text.isascii() and text.isdecimal():
            found = Cycle.objects.filter(budget_year=int(text[:4])).first()
            if found is None:
                raise Http404
            return found
        rounds = Round.objects.filter(state=RoundState.OPEN).select_related("cycle")
        first = rounds.order_by("decision_on").first()
        return first.cycle if first else Cycle.objects.first()

    def make_form(self, data: Any = None, files: Any = None) -> ProgrammeForm:
        """What was said so far."""
        said = Programme.objects.filter(cycle=self.cycle).values("goals", "risks", "resources")
        return ProgrammeForm(data, initial=dict(said.first() or {}))

    def services(self) -> list[Service]:
        """The e-services that stand or stood in the year's rounds, by place on the way."""
        rows = list(
            visible_processes(self.user)
            .filter(
                initiative__is_eservice=True,
                initiative__candidacies__round__cycle=self.cycle,
            )
            .distinct()
            .prefetch_related("initiative__affected")
            .order_by("initiative__case__entry__pk")
        )
        titles = _titles(self.user, rows)
        seen = [row for row in rows if row.initiative.case_id in titles]
        carried = {row.process.pk: row for row in carried_out(self.user)}
        bases = bases_of(row.initiative for row in seen)
        return [
            Service(
                basis,
                titles[row.initiative.case_id],
                stage_words(row.position),
                carried.get(row.pk),
            )
            for row, basis in zip(seen, bases, strict=True)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The table, its sums, and the words."""
        services = self.services()
        return super().get_context_data(
            services=services,
            asked=in_tkr(sum(row.asked_tkr for row in services)),
            granted=in_tkr(sum(row.carried.granted_tkr for row in services if row.carried)),
            programme=Programme.objects.filter(cycle=self.cycle).select_related("saved_by").first(),
            may_save=self.cycle is not None and may_save_programme(self.user),
            cycle=self.cycle,
            years=Cycle.objects.all(),
            **kwargs,
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Save what the committee says."""
        if self.cycle is None:
            raise Http404
        save_programme(cycle=self.cycle, actor=self.user, **form.cleaned_data)
        return done(
            self.request,
            _("Programmet är sparat."),
            f"{reverse('desk_programme')}?ar={self.cycle.budget_year}",
        )
