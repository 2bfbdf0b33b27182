# SPDX-License-Identifier: EUPL-1.2
"""The city-wide proposal (R34): the office works on it, the deciding bodies read it (R35, R68)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.initiatives.basis import spaced
from casework.methods.apportion import Placed
from casework.prioritisation import money, permissions, services
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import OrderedList
from casework.prioritisation.rows import Point, Row, points_on, read, rows_of, seen_by
from casework.prioritisation.selectors import (
    Waiting,
    areas_of,
    changes_of,
    frame_of,
    places_on,
    versions_of,
    waiting_for_proposal,
)
from casework.prioritisation.suggestions import (
    Suggested,
    common_order,
    merge_suggestion,
    merged,
)
from desk.prioritisation.presenters import (
    beside,
    changes_shown,
    merge_words,
    moves_of,
    stop_words,
)
from desk.prioritisation.views.base import (
    RoundView,
    posted_edition,
    posted_reasons,
)
from desk.prioritisation.views.part import asked_on, part_of
from desk.prioritisation.views.typed import Typed
from ui.base import done, refuse, tell_refusal
from ui.forms import parse_tkr
from ui.orders import moved, posted_order, require_place


class ProposalView(RoundView):
    """One list with the budget line drawn through it.

    The lists that were handed over have addresses with their numbers; without one the page shows
    what the office works on, else the newest.
    """

    template_name = "desk/prioritisation/proposal.html"

    def may_open(self) -> bool:
        """The office, and the bodies that recommend and decide."""
        return permissions.may_read_proposal(self.user)

    def get_page_title(self) -> str:
        """The proposal of the round."""
        return _("Stadens gemensamma förslag, %(round)s") % {"round": self.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, what is missing, and what others said of it."""
        fixed = [row for row in self.versions if row.state == ListState.FIXED]
        handed = fixed[::-1]
        list_ = self.chosen(kwargs.pop("number", None))
        is_draft = list_ is None or list_.is_draft
        points = self.points(list_, is_draft=is_draft)
        typed: Typed | None = kwargs.get("typed")
        if typed:
            points = typed.in_order(points)
        money.frames_of(self.round)  # read once, for all that ask for one of them
        frame = frame_of(self.round, list_)
        earlier = [row for row in handed if list_ is None or row.version < list_.version]
        if is_draft:  # a list that was sent back does not stand before its own new version
            again = {point.pk for point in points}
            earlier = [
                row
                for row in earlier
                if not again & {item.candidacy_id for item in row.items.all()}
            ]
        rows, hidden = rows_of(
            self.user,
            self.round,
            points,
            list_=list_,
        )
        money.mark(self.user, rows, self.round, frame_tkr=frame, before=earlier)
        said = [
            row
            for row in reversed(self.lists)
            if row.kind == ListKind.COUNCIL and row.state == ListState.FIXED
        ]
        advice = said[-1] if said else None
        may_work = is_draft and permissions.is_office(self.user) and self.round.is_open
        missing = services.what_is_missing(self.round, self.user, self.waiting) if may_work else []
        saved_reasons = typed.write_into(rows) if typed else {}
        part = part_of(self.request, rows, unsaved=saved_reasons)
        read([*part.page, *part.elsewhere])
        explained = self.explained(rows, part.page, list_, hidden=bool(hidden), is_draft=is_draft)
        return super().get_context_data(
            list=list_,
            is_draft=is_draft,
            may_work=may_work,
            frame=frame,
            frame_typed=typed.frame if typed else "" if frame is None else spaced(frame),
            rows=rows,
            stopped=stop_words(rows, self.round, frame),
            part=part,
            page=part.page,
            asked=asked_on(part.page.paginator, explained["beside"].unexplained),
            places_typed=typed.places if typed else {},
            saved_reasons=saved_reasons,
            own_order=typed.own_order(rows) if typed else [],
            hidden=hidden,
            handed=handed,
            is_worked_on=bool(self.waiting.ready),
            advice=advice,
            advice_by={item.candidacy_id: item for row in said for item in row.items.all()},
            missing=missing,
            **explained,
            eservices=may_work and bool(self.waiting.without_opinion),
            may_advise=permissions.sits_in_council(self.user),
            may_decide=permissions.writes_for_city_council(self.user),
            **kwargs,
        )

    def explained(
        self,
        rows: list[Row],
        page: Iterable[Row],
        list_: OrderedList | None,
        *,
        hidden: bool,
        is_draft: bool,
    ) -> dict[str, Any]:
        """Why each place is what it is: the merge, the scores alone, who moved it, the shares.

        Numbers of the merge would tell of what is hidden, so who may not see all gets places only.
        """
        areas = areas_of(self.round)
        by_key = {area.service_area_id: area.service_area for area in areas}
        shown = {row.key: row for row in rows}
        if is_draft:
            places: dict[int, int | None] = {row.item: row.place for row in self.merge}
            here = {row.key for row in page}
            told = [row for row in self.merge if row.item in here]  # each takes its time to tell
            merge = merge_suggestion(self.round, told)
        else:
            merge = {pk: Suggested.kept(row.item) for pk, row in shown.items() if row.item}
            places = {pk: found.place for pk, found in merge.items()}
        common = common_order(self.round, shown)
        scored = {row.item: row.place for row in common if row.score is not None}
        before = next((row for row in self.versions if list_ and row.version < list_.version), None)
        changes = changes_shown(changes_of(list_, shown) if list_ else [], shown)
        read([row for change in changes[:5] for row, _was, _now in change.moves])
        return {
            "areas": areas,
            "shares": sum(area.share for area in areas),
            "beside": beside(rows, places),
            "scored": scored,
            "apart": beside(rows, scored),
            "words": {}
            if hidden
            else {
                row.key: merge_words(merge[row.key], by_key.get(row.point.area or 0), by_key)
                for row in page
                if row.key in merge
            },
            "moves_of": moves_of(changes),
            "changes": changes[:5],
            "before": before,
            "old_places": places_on(before, shown),
            "versions": self.versions,
        }

    def points(self, list_: OrderedList | None, *, is_draft: bool) -> list[Point]:
        """What stands on the list, in its order."""
        if is_draft:
            return self.waiting.ready
        return points_on(list_) if list_ else []

    @cached_property
    def waiting(self) -> Waiting:
        """What waits for the proposal, in the draft's order, asked once."""
        areas_of(self.round)
        return waiting_for_proposal(self.round, merge=self.merge, draft=self.newest)

    @cached_property
    def merge(self) -> list[Placed[int, int]]:
        """The areas' lists as one."""
        return merged(self.round)

    @cached_property
    def newest(self) -> OrderedList | None:
        """The newest version that is not replaced."""
        return next((row for row in self.versions if row.state != ListState.REPLACED), None)

    @cached_property
    def versions(self) -> list[OrderedList]:
        """Every version of the city's list, drafts and replaced ones too, the newest first."""
        return [row for row in self.lists if row.kind == ListKind.CITY]

    @cached_property
    def lists(self) -> list[OrderedList]:
        """The versions of the city's list and the council's, with their items read at once."""
        found = versions_of(self.round, ListKind.CITY, ListKind.COUNCIL)
        prefetch_related_objects(found, "items")  # for the order, the rows, and what was before
        return found

    def chosen(self, number: int | None) -> OrderedList | None:
        """The list of the address; without a number the draft, else the newest handed over."""
        if number is not None:
            found = next((row for row in self.versions if row.version == number), None)
            if found is None:
                raise Http404
            return found
        list_ = self.newest
        if list_ is not None and not list_.is_draft and self.waiting.ready:
            return None  # More has been ranked since: a list of its own, as the first was.
        return list_

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move a row, keep the draft, hand e-services on, or hand the proposal over."""
        here = reverse("desk_proposal", args=[self.round.slug])
        seen = self.seen()
        try:
            if "committee" in request.POST:
                count = services.hand_eservices_to_committee(round=self.round, actor=self.user)
                return done(
                    request,
                    ngettext(
                        "%(count)s e-tjänst lämnades till utskottet.",
                        "%(count)s e-tjänster lämnades till utskottet.",
                        count,
                    )
                    % {"count": count},
                    moved(request, here, seen),
                )
            seen = self.keep(request, seen)
            if "hand_over" in request.POST:
                services.hand_over(round=self.round, actor=self.user)
                return done(
                    request,
                    _("Förslaget för %(round)s är överlämnat till utvecklingsrådet.")
                    % {"round": self.round},
                    here,
                )
        except PermissionDenied as error:
            return refuse(request, error, moved(request, here, seen))
        except ValidationError as error:
            tell_refusal(request, error)
            typed = Typed.of(request, seen, error)
            return self.render_to_response(self.get_context_data(typed=typed), status=422)
        told = _("Ordning, motiveringar och ram är sparade.")
        return done(request, told, moved(request, here, seen))

    def seen(self) -> list[int]:
        """The keys of what waits now, as far as the person may see the cases."""
        return seen_by(self.user, waiting_for_proposal(self.round).ready)

    def keep(self, request: HttpRequest, known: list[int]) -> list[int]:
        """Save what stands on the page, for the whole office; returns the order as it is then."""
        require_place(request, known)
        order = posted_order(request, known)
        services.save_proposal(
            round=self.round,
            order=order,
            actor=self.user,
            reasons=posted_reasons(request, order),
            frame_tkr=parse_tkr(request.POST.get("frame", "")),
            edition=posted_edition(request),
        )
        return order
