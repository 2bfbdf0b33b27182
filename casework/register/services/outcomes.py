# SPDX-License-Identifier: EUPL-1.2
"""What the way of an initiative does to its case: its outcome, its area, its förvaltningar.

Called by process inside the transaction of the step or the answers that it follows from, whose
right was asked there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from casework.journal.services import lock_chain
from casework.organisation.models import Administration, ServiceArea, User
from casework.register import events
from casework.register.enums import Outcome
from casework.register.models import Case
from casework.register.services.changes import save_change


@transaction.atomic
def set_outcome(
    *, case: Case, outcome: Outcome | None, decided_on: dt.date | None, actor: User
) -> None:
    """Note how the matter ended, as a code; none when what ended it no longer holds.

    The case stays open until a person closes it.
    """
    lock_chain(case.chain)
    case.refresh_from_db(fields=["outcome", "decided_on"])
    code = str(outcome or "")
    if (case.outcome, case.decided_on) == (code, decided_on):
        return
    case.outcome, case.decided_on = code, decided_on
    save_change(case=case, actor=actor, event=events.OUTCOME_SET, fields=["outcome", "decided_on"])


@transaction.atomic
def set_case_scope(
    *,
    case: Case,
    service_area: ServiceArea | None,
    administrations: Sequence[Administration],
    actor: User,
) -> None:
    """Let the case's area and förvaltningar follow the initiative's, and with them its audience."""
    lock_chain(case.chain)
    case.refresh_from_db(fields=["service_area"])
    wanted = sorted({row.pk for row in administrations})
    held = sorted(case.administrations.values_list("pk", flat=True))
    area = service_area.pk if service_area else None
    if (held, case.service_area_id) == (wanted, area):
        return
    case.service_area = service_area
    case.administrations.set(wanted)
    moved = held != wanted
    save_change(
        case=case,
        actor=actor,
        event=events.SCOPE_SET,
        fields=["service_area"],
        before={"administrations": held} if moved else None,
        after={"administrations": wanted} if moved else None,
    )
