# SPDX-License-Identifier: EUPL-1.2
"""Where the desk opens what a search found."""

from casework.register.models import Case, EarlierDecision
from search.results import Hit
from ui.links import link, url_for


@link(Hit, "desk")
def hit(found: Hit) -> str:
    """The case's page at the desk, or the page of a decision from before the diary."""
    if found.kind == "decision":
        return url_for(EarlierDecision(pk=found.pk), "public")
    return url_for(Case(pk=found.pk), "desk")
