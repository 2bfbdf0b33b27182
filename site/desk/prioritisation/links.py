# SPDX-License-Identifier: EUPL-1.2
"""Where initiatives are put in order."""

from django.urls import reverse

from casework.initiatives.models import Initiative
from ui.links import link


@link(Initiative, "transition.merge")
def proposal(found: Initiative) -> str:
    """The city-wide proposal."""
    return reverse("desk_proposal")


@link(Initiative, "transition.rank")
def ranking(found: Initiative) -> str:
    """The list of the initiative's area."""
    assert found.service_area is not None  # nothing is ranked without an area
    return reverse("desk_ranking", args=[found.service_area.slug])
