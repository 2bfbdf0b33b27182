# SPDX-License-Identifier: EUPL-1.2
"""Where a round is planned and seen."""

from django.urls import reverse

from casework.planning.models import Round
from ui.links import link


@link(Round, "desk")
def round_page(found: Round) -> str:
    """The round's page."""
    return reverse("desk_round", args=[found.slug])
