# SPDX-License-Identifier: EUPL-1.2
"""The service-area group's two pages: the meeting (step one) and the ordered list (R30, R45)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.initiatives.selectors import answers_of
from casework.meetings.enums import MeetingState
from casework.meetings.models import Meeting
from casework.organisation.models import ServiceArea
from casework.planning.models import RoundArea
from casework.planning.selectors import area_of
from casework.prioritisation import permissions, services
from casework.prioritisation.enums import ListKind
from casework.prioritisation.selectors import (
    admitted,
    earlier_versions,
    in_stage,
    newest,
    rows_for,
)
from casework.process import mandates
from casework.process import services as process_services
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.process.specs import Mandate
from casework.process.transitions import spec_of
from casework.register.models import Case
from desk.prioritisation.views.base import (
    RoundView,
    moved,
    posted_edition,
    posted_order,
    posted_reasons,
    seen_by,
)
from desk.prioritisation.views.typed import Typed
from ui.base import add_service_error, done, refuse, tell_refusal
from ui.decisions import ActFields, DecisionForm

OUTCOMES: dict[str, Callable[..., Any]] = {
    "admit": process_services.admit,
    "request_completion": process_services.request_completion,
    "reject": process_services.reject,
    "defer": process_services.defer,
}


class GroupView(RoundView):
    """A page for the members of one area's group; the executive office reads along (R22)."""

    header_icon = "group"
    area: RoundArea

    def may_open(self) -> bool:
        """The group, and those who support it."""
        service_area = get_object_or_404(ServiceArea, slug=self.kwargs["area"])
        found = area_of(self.round, service_area)
        if found is None:
            raise Http404
        self.area = found
        self.seat = permissions.may_order_area(self.user, found)
        return permissions.may_read_area(self.user, found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The area, its group's open meeting, and whether the person decides."""
        kwargs.pop("area", None)
        context = super().get_context_data(**kwargs)
        context.update(
            area=self.area.service_area,
            round_area=self.area,
            seat=self.seat,
            is_chair=permissions.may_reopen_area(self.user, self.area),
            meeting=self.meeting,
        )
        return context

    @property
    def meeting(self) -> Meeting | None:
        """The group's meeting that is open now."""
        return Meeting.objects.filter(body=self.area.group, state=MeetingState.OPEN).first()

    def visible(self, stage: str) -> list[Initiative]:
        """The area's initiatives in a stage that this person may see, oldest first."""
        seen = Case.objects.visible_to(self.user)
        rows = in_stage(self.round, stage, service_area=self.area.service_area).filter(
            initiative__case__in=seen
        )
        return [_with_process(row) for row in rows.order_by("entered_at", "pk")]

    def hidden(self, *stages: str) -> int:
        """How many there are that the person may not see."""
        rows = in_stage(self.round, *stages, service_area=self.area.service_area)
        seen = Case.objects.visible_to(self.user)
        return rows.exclude(initiative__case__in=seen).count()


class MeetingView(GroupView):
    """Step one: the agenda, one initiative in the middle, the group's outcomes (R31)."""

    template_name = "desk/prioritisation/meeting.html"

    def get_page_title(self) -> str:
        """The area's meeting."""
        return _("Gruppmöte: %(area)s, %(round)s") % {
            "area": self.area.service_area,
            "round": self.round,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The agenda and the chosen initiative, the first one unless told."""
        agenda = self.visible(Standing.WITH_GROUP)
        chosen = self.request.GET.get("initiativ") or self.request.POST.get("initiative")
        current = next((i for i in agenda if str(i.pk) == chosen), agenda[0] if agenda else None)
        index = agenda.index(current) if current else 0
        outcome = kwargs.pop("outcome", None) or self.request.GET.get("utfall", "admit")
        if outcome not in OUTCOMES:
            outcome = "admit"
        form = kwargs.pop("form", None) or self.form_for(outcome)
        return super().get_context_data(
            agenda=agenda,
            current=current,
            number=index + 1,
            next=agenda[index + 1] if index + 1 < len(agenda) else None,
            previous=agenda[index - 1] if index else None,
            form=form,
            outcome=outcome,
            outcomes=[(name, spec_of(name).label) for name in OUTCOMES],
            label=spec_of(outcome).label,
            answers=answers_of(current) if current else [],
            admitted=len(self.visible(Standing.ADMITTED)),
            completion=self.visible(Standing.COMPLETION),
            hidden=self.hidden(Standing.WITH_GROUP),
            people=mandates.people(current.process, Mandate.GROUP) if current else [],
            **kwargs,
        )

    def form_for(self, outcome: str, data: Any = None) -> DecisionForm:
        """The form of an outcome."""
        return DecisionForm(data, spec=spec_of(outcome), body=self.area.group, round=self.round)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the outcome whose button was pressed, and go to the next on the agenda."""
        outcome = request.POST.get("outcome", "")
        agenda = self.visible(Standing.WITH_GROUP)
        chosen = next((i for i in agenda if str(i.pk) == request.POST.get("initiative")), None)
        if chosen is None or outcome not in OUTCOMES:
            return self.too_late(request)
        form = self.form_for(outcome, request.POST)
        if form.is_valid():
            try:
                OUTCOMES[outcome](initiative=chosen, actor=self.user, **form.arguments())
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                rest = [i for i in agenda if i.pk != chosen.pk]
                following = f"?initiativ={rest[0].pk}" if rest else ""
                return done(
                    request,
                    _("%(dnr)s: initiativet %(told)s.")
                    % {
                        "dnr": chosen.case.dnr if chosen.case else "",
                        "told": spec_of(outcome).told,
                    },
                    request.path + following,
                )
        context = self.get_context_data(form=form, outcome=outcome)
        return self.render_to_response(context, status=422)

    def too_late(self, request: HttpRequest) -> HttpResponse:
        """Somebody was first: say who decided what, and give back what was typed."""
        typed = request.POST.get("reason") or request.POST.get("questions") or ""
        text = request.POST.get("initiative", "")
        step = None
        if text.isdecimal():
            found = Initiative.objects.filter(
                pk=int(text), case__in=Case.objects.visible_to(self.user)
            ).first()
            step = found.process.steps().last() if found else None
        sentence = (
            _("%(who)s var först: initiativet %(told)s.")
            % {"who": step.actor, "told": spec_of(step.transition).told_as(step.opinion)}
            if step
            else _("Initiativet är inte längre på dagordningen.")
        )
        context = self.get_context_data(typed=typed, too_late=sentence)
        return self.render_to_response(context, status=409)


class RankingView(GroupView):
    """Step two: our order of what was admitted; it is open until the group fixes it (R33)."""

    template_name = "desk/prioritisation/ranking.html"
    header_icon = "order"

    def get_page_title(self) -> str:
        """The area's list."""
        return _("Rangordning: %(area)s, %(round)s") % {
            "area": self.area.service_area,
            "round": self.round,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with each place's reason, and what changed since the last version."""
        list_ = newest(self.round, ListKind.AREA, self.area.service_area)
        if self.area.is_fixed and list_ is not None:
            candidacies = [
                item.candidacy
                for item in list_.items.select_related(
                    "candidacy__initiative__case",
                    "candidacy__initiative__administration",
                    "candidacy__initiative__service_area",
                    "candidacy__round__cycle",
                )
            ]
        else:
            candidacies = admitted(self.area)
        typed: Typed | None = kwargs.get("typed")
        if typed:
            candidacies = typed.in_order(candidacies)
        rows, hidden = rows_for(self.user, candidacies, list_=list_)
        before = earlier_versions(list_).first() if list_ else None
        return super().get_context_data(
            list=list_,
            rows=rows,
            saved_reasons=typed.write_into(rows) if typed else {},
            own_order=typed.own_order(rows) if typed else [],
            hidden=hidden,
            may_change=self.seat and not self.area.is_fixed and self.round.is_open,
            waiting=len(self.visible(Standing.WITH_GROUP)),
            completion=len(self.visible(Standing.COMPLETION)),
            old_places=(dict(before.items.values_list("candidacy", "place")) if before else {}),
            form=kwargs.pop("form", None) or ActFields(body=self.area.group),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the order, move one, fix the list, or open it again."""
        here = reverse("desk_ranking", args=[self.round.slug, self.area.service_area.slug])
        form = ActFields(request.POST, body=self.area.group)
        try:
            if "reopen" in request.POST:
                services.reopen_ranking(
                    area=self.area, actor=self.user, reason=request.POST.get("reason", "")
                )
                return done(request, _("Listan är öppen igen."), here)
            order = posted_order(request, seen_by(self.user, admitted(self.area)))
            services.save_order(
                area=self.area,
                order=order,
                actor=self.user,
                reasons=posted_reasons(request, order),
                edition=posted_edition(request),
            )
            if "fix" in request.POST:
                form.is_valid()
                services.fix_ranking(area=self.area, actor=self.user, act=form.act())
                return done(
                    request,
                    _("Rangordningen för %(area)s är fastställd.")
                    % {"area": self.area.service_area},
                    here,
                )
        except PermissionDenied as error:
            return refuse(request, error, here)
        except ValidationError as error:
            if "reopen" in request.POST:
                return refuse(request, error, here)
            tell_refusal(request, error)
            typed = Typed.of(request, seen_by(self.user, admitted(self.area)), error)
            context = self.get_context_data(typed=typed, form=form)
            return self.render_to_response(context, status=422)
        return done(request, _("Ordningen är sparad, inte fastställd."), moved(request, here))


def _with_process(candidacy: Candidacy) -> Initiative:
    """The initiative, knowing the process that was read with it."""
    initiative = candidacy.initiative
    initiative.process.initiative = initiative
    initiative.process.candidacy = candidacy
    return initiative
