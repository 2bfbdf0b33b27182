# SPDX-License-Identifier: EUPL-1.2
"""Where the contact person sends initiatives on."""

from django.urls import reverse

from casework.initiatives.models import Initiative
from ui.links import link


@link(Initiative, "transition.send_in")
def batch(found: Initiative) -> str:
    """The förvaltning's batch."""
    return reverse("desk_batch")


@link(Initiative, "transition.join")
def joining(found: Initiative) -> str:
    """The page that joins it with another."""
    return reverse("desk_join", args=[found.pk])
