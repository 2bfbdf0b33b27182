# SPDX-License-Identifier: EUPL-1.2
"""Where a decision about one initiative is taken that has no page of a round."""

from django.urls import reverse

from casework.initiatives.models import Initiative
from ui.links import link


@link(Initiative, "transition.give_committee_opinion")
def committee_opinion(found: Initiative) -> str:
    """The committee decides of one initiative at a time."""
    return reverse("desk_decide", args=[found.pk, "give_committee_opinion"])
