# SPDX-License-Identifier: EUPL-1.2
"""Entering what is known of a case that was decided before the register was there."""

from __future__ import annotations

from typing import Any

import nh3
from django.db import transaction

from casework.journal.services import log
from casework.organisation.models import User
from casework.register.events import HISTORY_NOTED
from casework.register.models import Case, CaseDecision, CaseEvent, Dissent
from casework.register.services.projections import save_change
from casework.register.services.public_events import note_historic_event


@transaction.atomic
def note_history(
    *,
    case: Case,
    actor: User | None,
    decisions: list[dict[str, Any]],
    dissents: list[dict[str, Any]],
    events: list[dict[str, str]],
) -> None:
    """Note a historic case's decision lists, dissents and events (R61, R70)."""
    CaseDecision.objects.bulk_create(
        CaseDecision(case=case, position=n, **row) for n, row in enumerate(decisions, start=1)
    )
    Dissent.objects.bulk_create(
        Dissent(case=case, **{**row, "statement": nh3.clean(row["statement"], tags={"p", "em"})})
        for row in dissents
    )
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, position=n, **row) for n, row in enumerate(events, start=1)
    )
    log(
        HISTORY_NOTED,
        case,
        actor=actor,
        after={"decisions": len(decisions), "dissents": len(dissents), "events": len(events)},
    )
    for row in events:
        note_historic_event(case=case, when=row["when"], body_name=row["body"], words=row["what"])
    save_change(case)
