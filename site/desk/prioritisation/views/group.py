# SPDX-License-Identifier: EUPL-1.2
"""What the service-area group's pages share, and its ordered list (R30, R33, R45)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.assessment.permissions import may_judge
from casework.initiatives.models import Initiative
from casework.meetings.models import Meeting
from casework.meetings.selectors import open_meeting_of
from casework.organisation.models import ServiceArea
from casework.planning.enums import SuggestionBy
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
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.register.models import Case
from desk.prioritisation.views.base import (
    RoundView,
    posted_edition,
    posted_reasons,
    seen_by,
)
from desk.prioritisation.views.typed import Typed
from ui.base import done, refuse, tell_refusal
from ui.decisions import ActFields
from ui.orders import moved, posted_order


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

    @cached_property
    def meeting(self) -> Meeting | None:
        """The group's meeting that is open now, asked once."""
        return open_meeting_of(self.area.group) if self.area.group else None

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
            judges=may_judge(self.user, self.area),
            by_rankings=self.area.suggestion_by == SuggestionBy.RANKINGS,
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
