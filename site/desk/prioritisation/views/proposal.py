# SPDX-License-Identifier: EUPL-1.2
"""The executive office's page: the areas' lists become one city-wide proposal (R34)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.prioritisation import services
from casework.prioritisation.models import Proposal
from casework.process.models import Cycle
from casework.process.services import note_participation
from casework.register.models import Case
from desk.prioritisation.forms import ParticipationForm
from desk.prioritisation.views.group import moved
from ui.base import DeskView, done, refuse
from ui.forms import (
    parse_tkr,
)


class ProposalView(DeskView):
    """One list with the budget line drawn through it."""

    template_name = "desk/prioritisation/proposal.html"
    header_icon = "list-ol"
    page_title = _l("Stadens gemensamma förslag")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only the executive office merges; the council reads its own list elsewhere."""
        services.require_office(self.user)
        self.cycle = Cycle.objects.order_by("budget_year").last()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, what is missing, and who took part."""
        context = super().get_context_data(**kwargs)
        context["cycle"] = self.cycle
        if self.cycle is None:
            return context
        proposal = Proposal.objects.filter(cycle=self.cycle).first()
        if proposal:
            rows = [
                (item.initiative, item.reason)
                for item in proposal.items.select_related(
                    "initiative__case", "initiative__service_area", "initiative__ranked_item"
                )
            ]
        else:
            rows = [(initiative, "") for initiative in self.ordered()]
        frame = self.frame(proposal)
        context.update(
            proposal=proposal,
            frame=frame,
            rows=self.with_line(rows, frame),
            missing=[] if proposal else services.what_is_missing(self.cycle),
            rounds=self.cycle.rounds.select_related("service_area", "done_by"),
            participations=self.cycle.participations.select_related("user"),
            participation_form=ParticipationForm(),
            eservices=any(row[0].is_eservice and row[0].process.stage == "ranked" for row in rows),
        )
        return context

    def ordered(self) -> list[Initiative]:
        """The mergeable ones: in the order that was just worked on, else by the areas' places."""
        found = list(services.mergeable(self.cycle)) if self.cycle else []
        wanted = self.request.session.get(self.session_key, {}).get("order", [])
        place = {pk: n for n, pk in enumerate(wanted)}
        return sorted(found, key=lambda i: place.get(i.pk, len(place)))

    @property
    def session_key(self) -> str:
        """Under which the half-done order is kept while the office works on it."""
        return f"proposal-{self.cycle.pk if self.cycle else 0}"

    def frame(self, proposal: Proposal | None) -> int | None:
        """The money there is, in thousands of kronor."""
        if proposal:
            return proposal.frame_tkr
        frame: int | None = self.request.session.get(self.session_key, {}).get("frame")
        return frame

    def with_line(self, rows: list[Any], frame: int | None) -> list[dict[str, Any]]:
        """Each row with the running sum, and where the budget line falls."""
        total, drawn, result = 0, False, []
        seen = set(
            Case.objects.visible_to(self.user)
            .filter(initiative__in=[initiative for initiative, _reason in rows])
            .values_list("pk", flat=True)
        )
        for initiative, reason in rows:
            before = total
            total += initiative.cost_tkr or 0
            line = frame is not None and not drawn and total > frame
            drawn = drawn or line
            result.append(
                {
                    "initiative": initiative,
                    "reason": reason,
                    "total": total,
                    "line_before": line,
                    "used": before,
                    "inside": frame is None or total <= frame,
                    "visible": initiative.case_id in seen,
                }
            )
        return result

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move a row, note an expert, hand e-services on, or hand the proposal over."""
        if self.cycle is None:
            return refuse(request, ValidationError(_("Ingen budgetomgång är öppen.")), request.path)
        try:
            return self.carry_out(request, self.cycle)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, request.path)

    def carry_out(self, request: HttpRequest, cycle: Cycle) -> HttpResponse:
        """What the pressed button says."""
        here = reverse("desk_proposal")
        if "participation" in request.POST:
            form = ParticipationForm(request.POST)
            if not form.is_valid():
                raise ValidationError(_("Välj person och sakkunskap."))
            expert = get_object_or_404(User, pk=form.cleaned_data["expert"].pk)
            note_participation(cycle, expert, form.cleaned_data["expertise"], actor=self.user)
            return done(request, _("Medverkan är antecknad."), here)
        if "committee" in request.POST:
            count = services.hand_eservices_to_committee(cycle, actor=self.user)
            return done(
                request, _("%(count)s e-tjänster lämnades till utskottet.") % {"count": count}, here
            )
        found = {str(i.pk): i for i in self.ordered()}
        order = [found[pk] for pk in request.POST.getlist("order") if pk in found]
        order += [i for i in found.values() if i not in order]
        order = moved(order, request.POST.get("move", ""))
        frame = parse_tkr(request.POST.get("frame", ""))
        request.session[self.session_key] = {"order": [i.pk for i in order], "frame": frame}
        if "hand_over" not in request.POST:
            return done(request, _("Ordningen är sparad."), here)
        reasons = {i.pk: request.POST.get(f"reason-{i.pk}", "") for i in order}
        services.make_proposal(cycle, order, actor=self.user, frame_tkr=frame, reasons=reasons)
        return done(request, _("Förslaget är överlämnat till utvecklingsrådet."), here)
