# SPDX-License-Identifier: EUPL-1.2
"""What the way of an initiative does to its case: its outcome, its area, its förvaltningar.

Called by process inside the transaction of the step or the answers that it follows from, whose
right was asked there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from casework.journal.services import log
from casework.organisation.models import Administration, ServiceArea, User
from casework.register import events
from casework.register.enums import Outcome
from casework.register.models import Case
from casework.register.services.projections import save_change


@transaction.atomic
def set_outcome(
    *, case: Case, outcome: Outcome, decided_on: dt.date | None, actor: User
) -> None:
    """Note how the matter ended, as a code. The case stays open until a person closes it."""
    case.refresh_from_db(fields=["outcome", "decided_on"])
    before = {"outcome": case.outcome, "decided_on": str(case.decided_on or "")}
    case.outcome, case.decided_on = str(outcome), decided_on
    after = {"outcome": case.outcome, "decided_on": str(decided_on or "")}
    if before == after:
        return
    log(events.OUTCOME_SET, case, actor=actor, before=before, after=after)
    save_change(case, ["outcome", "decided_on"])


@transaction.atomic
def set_case_scope(
    *,
    case: Case,
    service_area: ServiceArea | None,
    administrations: Sequence[Administration],
    actor: User,
) -> None:
    """Let the case's area and förvaltningar follow the initiative's, and with them its audience."""
    wanted = sorted({row.pk for row in administrations})
    held = sorted(case.administrations.values_list("pk", flat=True))
    before = {"service_area": case.service_area_id, "administrations": held}
    after = {
        "service_area": service_area.pk if service_area else None,
        "administrations": wanted,
    }
    if before == after:
        return
    case.service_area = service_area
    case.administrations.set(wanted)
    log(events.SCOPE_SET, case, actor=actor, before=before, after=after)
    save_change(case, ["service_area"])
