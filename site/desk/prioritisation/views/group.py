# SPDX-License-Identifier: EUPL-1.2
"""What the service-area group's pages share, and its ordered list (R30, R33, R45)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.assessment.permissions import may_judge
from casework.initiatives.models import Initiative
from casework.meetings.models import Meeting
from casework.meetings.selectors import open_meeting_of
from casework.planning.enums import SuggestionBy
from casework.planning.models import RoundArea
from casework.prioritisation import permissions, services
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import OrderedList
from casework.prioritisation.rows import points_of, points_on, read, rows_of
from casework.prioritisation.selectors import (
    changes_of,
    group_order,
    in_order_of,
    in_stage,
    places_on,
    versions_of,
)
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.register.models import Case
from desk.prioritisation.presenters import beside, changes_shown
from desk.prioritisation.views.base import (
    RoundView,
    posted_edition,
    posted_reasons,
)
from desk.prioritisation.views.part import asked_on, part_of
from desk.prioritisation.views.typed import Typed
from ui.base import done, refuse, tell_refusal
from ui.decisions import ActFields
from ui.orders import moved, posted_order, require_place


class GroupView(RoundView):
    """A page for the members of one area's group; the executive office reads along (R22)."""

    header_icon = "group"
    area: RoundArea

    def may_open(self) -> bool:
        """The group, and those who support it."""
        found = (
            RoundArea.objects.filter(round=self.round, service_area__slug=self.kwargs["area"])
            .select_related("group", "round__cycle", "service_area")
            .first()
        )
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
            judges=may_judge(self.user, self.area),
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

    def count(self, *stages: str) -> dict[str, tuple[int, int]]:
        """How many initiatives of the area stand in each stage: those that one sees, and all."""
        rows = Candidacy.objects.filter(
            round=self.round, stage__in=stages, initiative__service_area=self.area.service_area
        )
        seen = Q(initiative__case__in=Case.objects.visible_to(self.user))
        found = (
            rows.order_by()
            .values_list("stage")
            .annotate(visible=Count("pk", filter=seen), every=Count("pk"))
        )
        return {stage: (visible, every) for stage, visible, every in found}

    def hidden(self, *stages: str) -> int:
        """How many there are that the person may not see."""
        rows = in_stage(self.round, *stages, service_area=self.area.service_area)
        seen = Case.objects.visible_to(self.user)
        return rows.exclude(initiative__case__in=seen).count()


class RankingView(GroupView):
    """Step two: our order of what was admitted; it is open until the group fixes it (R33).

    What is worked on is shown in parts, what is fixed as a whole. The list's versions have
    addresses with their numbers; without one the page shows the newest.
    """

    template_name = "desk/prioritisation/ranking.html"
    header_icon = "order"

    def get_page_title(self) -> str:
        """The area's list."""
        return _("Rangordning: %(area)s, %(round)s") % {
            "area": self.area.service_area,
            "round": self.round,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list beside its suggestion, each place's reason, and what changed since last."""
        versions = versions_of(self.round, ListKind.AREA, service_area=self.area.service_area)
        latest = next((row for row in versions if row.state != ListState.REPLACED), None)
        list_ = self.chosen(kwargs.pop("number", None), latest, versions)
        is_latest = list_ == latest
        if list_ is not None:  # read once, for the order and for the rows
            prefetch_related_objects([list_], "items")
        if list_ is not None and (self.area.is_fixed or not is_latest):
            points = points_on(list_)
        else:
            found = in_stage(self.round, Standing.ADMITTED, service_area=self.area.service_area)
            points = in_order_of(points_of(found), list_)
        typed: Typed | None = kwargs.get("typed")
        if typed:
            points = typed.in_order(points)
        rows, hidden = rows_of(self.user, self.round, points, list_=list_)
        read(rows)
        saved_reasons = typed.write_into(rows) if typed else {}
        shown = {row.key: row for row in rows}
        before = next((row for row in versions if list_ and row.version < list_.version), None)
        left = self.count(Standing.WITH_GROUP, Standing.COMPLETION) if is_latest else {}
        may_change = self.seat and not self.area.is_fixed and self.round.is_open and is_latest
        form = kwargs.pop("form", None)
        suggested = {pk: row.item.suggested_place for pk, row in shown.items() if row.item}
        compared = beside(rows, suggested)
        part = part_of(self.request, rows, unsaved=saved_reasons, whole=not may_change)
        return super().get_context_data(
            list=list_,
            rows=rows,
            saved_reasons=saved_reasons,
            own_order=typed.own_order(rows) if typed else [],
            hidden=hidden,
            by_rankings=self.area.suggestion_by == SuggestionBy.RANKINGS,
            part=part,
            page=part.page,
            asked=asked_on(part.page.paginator, compared.unexplained),
            places_typed=typed.places if typed else {},
            beside=compared,
            suggested_part=range(part.page.start_index() - 1, part.page.end_index()),
            changes=changes_shown(changes_of(list_, shown) if list_ else [], shown)[:5],
            versions=versions,
            is_latest=is_latest,
            may_change=may_change,
            waiting=left.get(Standing.WITH_GROUP, (0, 0))[0],
            still_tried=left.get(Standing.WITH_GROUP, (0, 0))[1],
            completion=left.get(Standing.COMPLETION, (0, 0))[0],
            before=before,
            old_places=places_on(before, shown),
            form=form or (ActFields(body=self.area.group) if may_change else None),
            **kwargs,
        )

    def chosen(
        self, number: int | None, latest: OrderedList | None, versions: list[OrderedList]
    ) -> OrderedList | None:
        """The version of the address; without a number the newest."""
        if number is None:
            return latest
        found = next((row for row in versions if row.version == number), None)
        if found is None:
            raise Http404
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the order, move one, ask for a suggestion, fix the list, or open it again."""
        here = reverse("desk_ranking", args=[self.round.slug, self.area.service_area.slug])
        form = ActFields(request.POST, body=self.area.group)
        try:
            if "reopen" in request.POST:
                services.reopen_ranking(
                    area=self.area, actor=self.user, reason=request.POST.get("reason", "")
                )
                return done(request, _("Listan är öppen igen."), here)
            if "suggest" in request.POST:
                services.suggest_order(area=self.area, actor=self.user)
                return done(request, _("Förslaget står bredvid er lista."), here)
            known = group_order(self.area, self.user)
            require_place(request, known)
            order = posted_order(request, known)
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
            if "reopen" in request.POST and "reason" in getattr(error, "error_dict", {}):
                context = self.get_context_data(reopening=asked_again(request, error))
                return self.render_to_response(context, status=422)
            if "reopen" in request.POST or "suggest" in request.POST:
                return refuse(request, error, here)
            tell_refusal(request, error)
            typed = Typed.of(request, group_order(self.area, self.user), error)
            context = self.get_context_data(typed=typed, form=form)
            return self.render_to_response(context, status=422)
        return done(
            request, _("Ordningen är sparad, inte fastställd."), moved(request, here, order)
        )


def asked_again(request: HttpRequest, error: ValidationError) -> dict[str, str]:
    """The reason as it was typed, and what is wrong with it."""
    faults = error.message_dict["reason"]
    return {"typed": request.POST.get("reason", ""), "fault": " ".join(faults)}


def _with_process(candidacy: Candidacy) -> Initiative:
    """The initiative, knowing the process that was read with it."""
    initiative = candidacy.initiative
    initiative.process.initiative = initiative
    initiative.process.candidacy = candidacy
    return initiative
