# SPDX-License-Identifier: EUPL-1.2
"""Writing what the public may know of what happened in a case."""

from __future__ import annotations

import datetime as dt

from casework.organisation.models import Body
from casework.register.enums import DayPrecision
from casework.register.models import Case, PublicEvent


def note_public_event(
    *,
    case: Case,
    key: str,
    day: dt.date,
    stage: str = "",
    from_stage: str = "",
    body: Body | None = None,
    body_name: str = "",
    day_precision: str = DayPrecision.DAY,
    reason: str = "",
    opinion: str = "",
    amount_tkr: int | None = None,
    occasion: str = "",
    budget_year: int | None = None,
    reference: str = "",
    words: str = "",
) -> PublicEvent:
    """Note a public event with the step itself, whether the case is published or not.

    Whether anybody sees it is the public diary's row to say, so publishing late, hiding and
    publishing again tells the same. It is called inside the transaction of what it tells.

    Args:
        key: of the transition or event.
        day_precision: how much of ``day`` is known; the rest of it is the first of its kind.
        words: an older source, to the letter; only for what happened before the register.
    """
    return PublicEvent.objects.create(
        case=case,
        key=key,
        stage=stage,
        from_stage=from_stage,
        body=body,
        body_name=body_name or (str(body) if body else ""),
        day=day,
        day_precision=day_precision,
        reason=reason,
        opinion=opinion,
        amount_tkr=amount_tkr,
        occasion=occasion,
        budget_year=budget_year,
        reference=reference,
        words=words,
    )


def note_historic_event(*, case: Case, when: str, body_name: str, words: str) -> PublicEvent:
    """Note a quoted event whose day may be known to the month or year only: ``2005-12``."""
    precision = {4: DayPrecision.YEAR, 7: DayPrecision.MONTH}.get(len(when), DayPrecision.DAY)
    return note_public_event(
        case=case,
        key="historic",
        day=dt.date.fromisoformat(f"{when}-01-01"[:10]),
        day_precision=precision,
        body_name=body_name,
        words=words,
    )
