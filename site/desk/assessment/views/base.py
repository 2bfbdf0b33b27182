# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a group's judgements share: the area, its group, the cases' names.

Before the chair opens nobody reads of another's judgement: not what, not how many, not who or
when. The pages therefore ask nothing but the person's own sheet and what was opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.assessment import permissions
from casework.planning.enums import SuggestionBy
from casework.planning.models import RoundArea
from casework.process.models import Candidacy
from casework.register.models import Case
from ui.base import DeskView
from ui.lookups import round_or_404

PER_PAGE = 25
"""So many initiatives stand on one page of them."""


class AreaView(DeskView):
    """A page of one area's group in one round."""

    header_icon = "tasks"
    crumbs = ((_l("Omgångar"), "desk_rounds"),)
    heading: str | Promise = ""
    area: RoundArea

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the area's part in the round; refuse those who do not sit in its group."""
        found = (
            RoundArea.objects.filter(
                round=round_or_404(kwargs["round"]), service_area__slug=kwargs["area"]
            )
            .select_related("group", "round__cycle", "service_area")
            .first()
        )
        if found is None:
            raise Http404
        self.area = found
        if not self.may_open():
            raise PermissionDenied(_("Sidan är öppen för områdets grupp."))
        return super().dispatch(request, *args, **kwargs)

    def may_open(self) -> bool:
        """The area's group."""
        return permissions.may_read_opened(self.user, self.area)

    def get_page_title(self) -> str:
        """The page and whose it is."""
        return f"{self.heading}: {self.area.service_area}, {self.area.round}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The area, and the group's other pages."""
        for name in ("area", "round"):
            kwargs.pop(name, None)
        return super().get_context_data(
            area=self.area.service_area,
            round=self.area.round,
            round_area=self.area,
            by_rankings=self.by_rankings,
            may_judge=permissions.may_judge(self.user, self.area),
            **kwargs,
        )

    @property
    def by_rankings(self) -> bool:
        """Whether the members order instead of scoring."""
        return self.area.suggestion_by == SuggestionBy.RANKINGS

    def address(self, name: str) -> str:
        """One of the group's pages."""
        return reverse(name, args=[self.area.round.slug, self.area.service_area.slug])

    def named(self, candidacies: Iterable[int]) -> dict[int, Case]:
        """The cases of some candidacies that the person may see, with the titles they get."""
        rows = Candidacy.objects.filter(pk__in=candidacies).order_by("admitted_at", "pk")
        case_of = dict(rows.values_list("initiative__case", "pk"))
        found = Case.objects.shown_to(self.user).filter(pk__in=case_of).select_related("initiative")
        by_pk = {case_of[case.pk]: case for case in found}
        return {pk: by_pk[pk] for pk in case_of.values() if pk in by_pk}
