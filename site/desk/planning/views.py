# SPDX-License-Identifier: EUPL-1.2
"""Budget years and rounds: what is in motion, and how it is planned, opened and closed (R53)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.assessment import permissions as judging
from casework.planning import services
from casework.planning.enums import Milestone
from casework.planning.models import Cycle, Round, RoundArea
from casework.planning.permissions import may_plan
from casework.planning.selectors import city_frame, counted_back
from casework.prioritisation import permissions
from casework.process import services as process
from casework.process.enums import Standing, stage_words
from casework.process.models import Candidacy
from casework.process.selectors import waiting_for_round
from casework.register.models import Case
from desk.planning import forms
from ui.base import DeskView, add_service_error, done
from ui.decisions import messages_of
from ui.lookups import round_or_404


class RoundsView(DeskView):
    """The rounds in motion, and the years that are planned and done."""

    template_name = "desk/planning/rounds.html"
    header_icon = "calendar"
    page_title = _l("Omgångar")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every year with its rounds; each round with the pages that are the person's."""
        rounds = Round.objects.select_related("cycle").prefetch_related(
            "areas__service_area", "areas__group"
        )
        rows = [(row, pages_of(row, self.user)) for row in rounds]
        plans = may_plan(self.user)
        return super().get_context_data(
            open=[pair for pair in rows if pair[0].state == "open"],
            planned=[pair for pair in rows if pair[0].state == "planned"],
            closed=[pair for pair in rows if pair[0].state == "closed"],
            waiting=waiting_for_round().count() if plans else 0,
            may_plan=plans,
            form=kwargs.pop("form", None) or (forms.CycleForm() if plans else None),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lay up a budget year."""
        form = forms.CycleForm(request.POST)
        if form.is_valid():
            year, after = form.cleaned_data["budget_year"], form.cleaned_data["after"]
            try:
                if after:
                    services.copy_cycle(cycle=after, budget_year=year, actor=self.user)
                else:
                    if Cycle.objects.filter(budget_year=year).exists():
                        raise ValidationError(
                            {"budget_year": _("Budgetåret %(year)s finns redan.") % {"year": year}}
                        )
                    services.open_cycle(budget_year=year, actor=self.user)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(
                    request,
                    _("Budgetåret %(year)s är upplagt med tre omgångar.") % {"year": year},
                    reverse("desk_rounds"),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RoundView(DeskView):
    """One round: its dates, areas, frame, and where its initiatives are."""

    template_name = "desk/planning/round.html"
    header_icon = "calendar"
    crumbs = ((_l("Omgångar"), "desk_rounds"),)
    round: Round
    typed: BaseForm | None = None
    """The form that was sent, which keeps what was typed and says at each field what is wrong."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the round."""
        self.round = round_or_404(kwargs["round"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The occasion and the year."""
        return str(self.round)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the round is, and what can be done with it."""
        round_ = self.round
        plans = may_plan(self.user)
        counts = (
            Candidacy.objects.filter(
                round=round_, initiative__case__in=Case.objects.visible_to(self.user)
            )
            .values("stage")
            .annotate(n=Count("pk"))
            .order_by()
        )
        areas = list(round_.areas.select_related("service_area", "group"))
        changes = plans and round_.state != "closed"
        back = forms.CountBackForm(self.request.GET if "kf" in self.request.GET else None)
        proposed = (
            counted_back(decision_on=back.cleaned_data["kf"], board_on=back.cleaned_data["ks"])
            if changes and back.is_bound and back.is_valid()
            else None
        )
        kwargs.pop("round", None)
        return super().get_context_data(
            round=round_,
            pages=pages_of(round_, self.user),
            counts=[
                (stage_words(row["stage"]), row["n"])
                for row in sorted(counts, key=lambda row: Standing.values.index(row["stage"]))
            ],
            areas=[
                (area, self.sent(forms.AreaForm, area) or forms.AreaForm(area=area))
                if changes
                else (area, None)
                for area in areas
            ],
            may_plan=plans,
            frame=city_frame(round_),
            frames_form=self.sent(forms.FramesForm) or forms.FramesForm(round=round_)
            if changes
            else None,
            form=self.sent(forms.RoundForm) or forms.RoundForm(round=round_, proposed=proposed)
            if changes
            else None,
            back_form=back if changes else None,
            proposed=proposed,
            stations=[
                (milestone.label, round_.deadline(milestone))
                for milestone in Milestone
                if round_.deadline(milestone)
            ],
            add_form=forms.AddAreaForm(round=round_) if changes else None,
            faults=kwargs.pop("faults", []),
            typed=self.typed,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out what the pressed button says."""
        here = reverse("desk_round", args=[self.round.slug])
        faults: list[str] = []
        try:
            sentence = self.carry_out(request)
        except (ValidationError, PermissionDenied) as error:
            if self.typed is None:
                faults = messages_of(error)
            elif self.typed.is_valid():
                add_service_error(self.typed, error)
            return self.render_to_response(self.get_context_data(faults=faults), status=422)
        return done(request, sentence, here)

    def sent(self, kind: type[BaseForm], area: RoundArea | None = None) -> Any:
        """The form that was sent, where it is of this kind and about this area."""
        is_it = isinstance(self.typed, kind) and getattr(self.typed, "area", None) == area
        return self.typed if is_it else None

    def read(self, form: Any) -> Any:
        """Keep what was typed.

        Raises:
            ValidationError: something in it is wrong, which then stands at its field.
        """
        self.typed = form
        if not form.is_valid():
            raise ValidationError(_("Något behöver rättas."))
        return form

    def carry_out(self, request: HttpRequest) -> str:
        """Call the service of the button; returns what happened."""
        if "open" in request.POST:
            count = process.open_round(round=self.round, actor=self.user)
            return ngettext(
                "%(round)s är öppen. %(count)s initiativ som väntade följde med.",
                "%(round)s är öppen. %(count)s initiativ som väntade följde med.",
                count,
            ) % {"round": self.round, "count": count}
        if "close" in request.POST:
            process.close_round(round=self.round, actor=self.user)
            return _("%(round)s är stängd.") % {"round": self.round}
        if "add_area" in request.POST:
            added = self.read(forms.AddAreaForm(request.POST, round=self.round))
            area = added.cleaned_data["service_area"]
            services.add_area(round=self.round, service_area=area, actor=self.user)
            return _("%(area)s är med i omgången.") % {"area": area}
        if "area" in request.POST:
            return self.change_area(request)
        if "frames" in request.POST:
            return self.set_frames(request)
        form = self.read(forms.RoundForm(request.POST, round=self.round))
        services.change_round(
            round=self.round,
            actor=self.user,
            dates=form.dates(),
            criteria_version=form.cleaned_data["criteria_version"],
        )
        return _("Omgången är sparad.")

    def set_frames(self, request: HttpRequest) -> str:
        """The frames of the city and of each area, by year and kind; all or none."""
        form = self.read(forms.FramesForm(request.POST, round=self.round))
        with transaction.atomic():
            for area, year, kind, tkr in form.frames():
                services.set_frame(
                    round=self.round, service_area=area, year=year, kind=kind, tkr=tkr,
                    actor=self.user,
                )  # fmt: skip
        return _("Ramarna är sparade.")

    def change_area(self, request: HttpRequest) -> str:
        """An area's share and group."""
        area = get_object_or_404(RoundArea, pk=request.POST["area"], round=self.round)
        form = self.read(forms.AreaForm(request.POST, area=area))
        services.change_area(area=area, actor=self.user, **form.cleaned_data)
        return _("%(area)s är sparat.") % {"area": area.service_area}


def pages_of(round_: Round, user: Any) -> list[tuple[str, str]]:
    """The pages of a round that the person works in or reads: (label, address)."""
    found = []
    for area in round_.areas.all():
        slug = area.service_area.slug
        if permissions.may_read_area(user, area):
            found += [
                (
                    _("Gruppmöte: %(area)s") % {"area": area.service_area},
                    reverse("desk_meeting", args=[round_.slug, slug]),
                ),
                (
                    _("Rangordning: %(area)s") % {"area": area.service_area},
                    reverse("desk_ranking", args=[round_.slug, slug]),
                ),
            ]
        if judging.may_judge(user, area):
            found.append(
                (
                    _("Min bedömning: %(area)s") % {"area": area.service_area},
                    reverse("desk_judge", args=[round_.slug, slug]),
                )
            )
        if judging.may_read_opened(user, area):
            found.append(
                (
                    _("Bedömningarna: %(area)s") % {"area": area.service_area},
                    reverse("desk_opened", args=[round_.slug, slug]),
                )
            )
    if permissions.may_read_proposal(user):
        found += [
            (_("Helheten"), reverse("desk_whole", args=[round_.slug])),
            (_("Budgetlinjen"), reverse("desk_budget_line", args=[round_.slug])),
            (_("Stadens gemensamma förslag"), reverse("desk_proposal", args=[round_.slug])),
            (_("Utvecklingsrådets rekommendation"), reverse("desk_council", args=[round_.slug])),
            (_("Kommunfullmäktiges beslut"), reverse("desk_city_council", args=[round_.slug])),
        ]
    return found
