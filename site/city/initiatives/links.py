# SPDX-License-Identifier: EUPL-1.2
"""Where the originator follows an initiative."""

from django.urls import reverse

from casework.initiatives.models import Initiative
from ui.links import link


@link(Initiative, "originator")
@link(Initiative, "transition.submit")
def initiative(given: Initiative) -> str:
    """Ditt initiativ: where the originator also sends it."""
    return reverse("originator_initiative", args=[given.pk])


@link(Initiative, "write")
def first_step(given: Initiative) -> str:
    """Where its authors begin to write."""
    return reverse("originator_step", args=[given.pk, 1])
