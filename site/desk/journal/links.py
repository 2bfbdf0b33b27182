# SPDX-License-Identifier: EUPL-1.2
"""Where a case's whole journal stands."""

from django.urls import reverse

from casework.register.models import Case
from ui.links import link


@link(Case, "history")
def history(case: Case) -> str:
    """All events of a case."""
    return reverse("desk_case_history", args=[case.pk])
