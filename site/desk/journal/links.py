# SPDX-License-Identifier: EUPL-1.2
"""Where a case's whole journal stands."""

from django.urls import reverse

from casework.register.models import Case
from ui.links import link


@link(Case, "history")
def history(case: Case) -> str:
    """All events of a case."""
    return reverse("desk_case_history", args=[case.pk])


@link(Case, "as_of")
def as_of(case: Case) -> str:
    """The case as it was on a day."""
    return reverse("desk_case_as_of", args=[case.pk])
