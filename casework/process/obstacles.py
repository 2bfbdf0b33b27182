# SPDX-License-Identifier: EUPL-1.2
"""What goes on in a round stops its case from being voided or merged."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casework.process.models import Process
from casework.register.models import Case


def stands_in_a_round(case: Case) -> str:
    """Why the case may not end now: its initiative is ranked with others, and a body decides."""
    process = (
        Process.objects.select_related("candidacy__round").filter(initiative__case=case).first()
    )
    candidacy = process.live_candidacy if process else None
    if candidacy is None:
        return ""
    return _("Initiativet står i omgången %(round)s. Avsluta det där först.") % {
        "round": candidacy.round
    }
