# SPDX-License-Identifier: EUPL-1.2
"""How much the order by scores hangs on weights and on single members (R41)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _l

from casework.assessment import selectors
from casework.prioritisation.suggestions import group_order
from desk.assessment.presenters import (
    band_text,
    picture_of,
    sure_rows,
)
from desk.assessment.views.base import PER_PAGE, AreaView


class SurenessView(AreaView):
    """How much the order by scores hangs on the exact weights and on single members."""

    template_name = "desk/assessment/sureness.html"
    heading = _l("Hur säker ordningen är")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The bands of places as a picture and a table, and what holds of every two."""
        sure = None if self.by_rankings else selectors.sureness(self.area, self.user)
        if sure is None:
            return super().get_context_data(rows=[], **kwargs)
        places = group_order(self.area, sure.candidacies).places
        size = len(sure.candidacies)
        order = sorted(range(size), key=lambda index: places.get(sure.candidacies[index], size))
        page = Paginator(order, PER_PAGE).get_page(self.request.GET.get("sida"))
        cases = self.named(sure.candidacies)
        names = {
            index: cases[pk].dnr.replace(" ", "\u00a0")
            for index, pk in enumerate(sure.candidacies)
            if pk in cases
        }
        rows = sure_rows(sure, places, list(page))
        settled, mostly, depends = sure.weights.counts()
        return super().get_context_data(
            page=page,
            rows=[
                {
                    "case": cases.get(sure.candidacies[row.index]),
                    "place": row.place,
                    "weights": band_text(row.weights),
                    "members": band_text(row.members),
                    "counts": row.counts,
                    "depends": [names[other] for other in row.depends if other in names],
                }
                for row in rows
            ],
            picture=picture_of(rows, names, size),
            pairs={"surely": settled, "mostly": mostly, "depends": depends},
            all_pairs=settled + mostly + depends,
            **kwargs,
        )
