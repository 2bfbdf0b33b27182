# SPDX-License-Identifier: EUPL-1.2
"""What was decided before in similar cases, on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from search.services import SearchUnavailable, similar_decisions
from ui.case_file import CaseFile
from ui.links import url_for
from ui.panels import Panel, Place, register_panel
from ui.present import outcome_words


def similar_context(user: User, file: CaseFile) -> dict[str, object]:
    """Five similar decisions, or that the engine is down."""
    assert file.case is not None
    try:
        hits = similar_decisions(file.case, user, 5)
    except SearchUnavailable:
        return {"search_down": True}
    return {"similar": [(hit, url_for(hit, "desk"), outcome_words(hit.outcome)) for hit in hits]}


_PLACES: dict[str, Place] = {"case": "aside", "room": "main"}

for _kind, _place in _PLACES.items():
    register_panel(
        _kind,
        Panel(
            key="similar",
            title=_("Liknande tidigare beslut"),
            order=90,
            shown_to=lambda user, file: file.case is not None,
            template="desk/search/similar.html",
            context=similar_context,
            place=_place,
        ),
    )
