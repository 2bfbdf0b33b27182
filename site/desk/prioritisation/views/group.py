# SPDX-License-Identifier: EUPL-1.2
"""The service-area group's two pages: the meeting (step one) and the ordered list (step two)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.organisation.models import ServiceArea
from casework.prioritisation import services
from casework.prioritisation.models import RankedItem
from casework.process import mandates
from casework.process import services as process_services
from casework.process.catalogue import Mandate
from casework.process.enums import Stage
from casework.process.models import Cycle, GroupRound
from casework.register.models import Case
from ui.base import DeskView, add_service_error, done, refuse
from ui.forms import (
    DatedReasonForm,
)

OUTCOMES = {
    "admit": process_services.admit,
    "request_completion": process_services.request_completion,
    "reject": process_services.reject,
}


class GroupView(DeskView):
    """A page for the members of one area's group; the executive office reads along (R22)."""

    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who neither sit in the group nor support it."""
        self.area = get_object_or_404(ServiceArea, slug=kwargs["area"])
        self.seat = services.group_appointment(self.area, self.user)
        if self.seat is None:
            services.require_office(self.user)
        self.cycle = Cycle.objects.order_by("budget_year").last()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The area, the cycle and the person's seat."""
        kwargs.pop("area", None)
        return super().get_context_data(area=self.area, cycle=self.cycle, seat=self.seat, **kwargs)

    def visible(self, stage: str) -> list[Initiative]:
        """The area's initiatives in a stage that this person may see, oldest first."""
        return list(
            Initiative.objects.filter(
                service_area=self.area,
                process__stage=stage,
                case__in=Case.objects.visible_to(self.user),
            )
            .select_related("case", "process__cycle", "administration", "originator")
            .prefetch_related("affected")
            .order_by("process__entered_at")
        )


class MeetingView(GroupView):
    """Step one: the agenda, one initiative in the middle, exactly three outcomes (R31)."""

    template_name = "desk/prioritisation/meeting.html"

    def get_page_title(self) -> str:
        """The area's meeting."""
        return _("Gruppmöte: %(area)s") % {"area": self.area}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The agenda and the chosen initiative, the first one unless told."""
        agenda = self.visible(Stage.WITH_GROUP)
        chosen = self.request.GET.get("initiativ") or self.request.POST.get("initiative")
        current = next((i for i in agenda if str(i.pk) == chosen), agenda[0] if agenda else None)
        index = agenda.index(current) if current else 0
        return super().get_context_data(
            agenda=agenda,
            current=current,
            number=index + 1,
            next=agenda[index + 1] if index + 1 < len(agenda) else None,
            previous=agenda[index - 1] if index else None,
            form=kwargs.pop("form", None) or DatedReasonForm(),
            admitted=len(self.visible(Stage.ADMITTED)),
            completion=self.visible(Stage.COMPLETION),
            people=mandates.people(current.process, Mandate.GROUP) if current else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the outcome whose button was pressed, and go to the next on the agenda."""
        form = DatedReasonForm(request.POST)
        outcome = request.POST.get("outcome", "")
        agenda = self.visible(Stage.WITH_GROUP)
        chosen = next((i for i in agenda if str(i.pk) == request.POST.get("initiative")), None)
        if chosen is None or outcome not in OUTCOMES:
            return refuse(
                request,
                ValidationError(_("Initiativet är inte längre på dagordningen.")),
                request.path,
            )
        if form.is_valid():
            try:
                OUTCOMES[outcome](chosen, actor=self.user, **form.cleaned_data)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                rest = [i for i in agenda if i.pk != chosen.pk]
                following = f"?initiativ={rest[0].pk}" if rest else ""
                return done(
                    request,
                    _("%(dnr)s är avgjort.") % {"dnr": chosen.case.dnr if chosen.case else ""},
                    request.path + following,
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RankingView(GroupView):
    """Step two: our order of what was admitted; it is open until the group fixes it (R33)."""

    template_name = "desk/prioritisation/ranking.html"
    header_icon = "order"

    def get_page_title(self) -> str:
        """The area's list."""
        return _("Rangordning: %(area)s") % {"area": self.area}

    @property
    def round(self) -> GroupRound:
        """The area's part of the cycle."""
        return get_object_or_404(GroupRound, cycle=self.cycle, service_area=self.area)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with each place's reason."""
        round_ = self.round
        rows: list[Any]
        if round_.done_at:
            rows = [
                (item.initiative, item.reason)
                for item in RankedItem.objects.filter(round=round_).select_related(
                    "initiative__case", "initiative__administration"
                )
            ]
        else:
            reasons = dict(
                RankedItem.objects.filter(round=round_).values_list("initiative", "reason")
            )
            rows = [(i, reasons.get(i.pk, "")) for i in services.admitted(round_)]
        seen = set(
            Case.objects.visible_to(self.user)
            .filter(initiative__in=[row[0] for row in rows])
            .values_list("pk", flat=True)
        )
        return super().get_context_data(
            round=round_,
            rows=[row for row in rows if row[0].case_id in seen],
            hidden=len([row for row in rows if row[0].case_id not in seen]),
            waiting=len(self.visible(Stage.WITH_GROUP)),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the order, move one, or fix the list."""
        round_ = self.round
        admitted = {str(i.pk): i for i in services.admitted(round_)}
        order = [admitted[pk] for pk in request.POST.getlist("order") if pk in admitted]
        order += [i for i in admitted.values() if i not in order]
        order = moved(order, request.POST.get("move", ""))
        reasons = {i.pk: request.POST.get(f"reason-{i.pk}", "") for i in order}
        here = reverse("desk_ranking", args=[self.area.slug])
        try:
            services.save_order(round_, order, actor=self.user, reasons=reasons)
            if "fix" in request.POST:
                services.fix_ranking(round_, actor=self.user)
                return done(request, _("Rangordningen är fastställd."), here)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, here)
        return done(request, _("Ordningen är sparad."), here)


def moved(order: list[Initiative], move: str) -> list[Initiative]:
    """The order after one step: ``up-12`` or ``down-12``; anything else changes nothing."""
    way, _dash, pk = move.partition("-")
    index = next((n for n, i in enumerate(order) if str(i.pk) == pk), None)
    if index is None:
        return order
    other = index - 1 if way == "up" else index + 1
    if 0 <= other < len(order):
        order[index], order[other] = order[other], order[index]
    return order
