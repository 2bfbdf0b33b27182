# SPDX-License-Identifier: EUPL-1.2
"""Writing what the public may know of what happened in a case, and moving it to its right day."""

from __future__ import annotations

import datetime as dt

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import Body, User
from casework.register import events
from casework.register.enums import DayPrecision
from casework.register.models import Case, PublicEvent
from casework.register.services.changes import save_change


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
    source: str = "",
    actor: User | None = None,
) -> PublicEvent:
    """Note a public event with the step itself, whether the case is published or not.

    Whether anybody sees it is the public diary's row to say, so publishing late, hiding and
    publishing again tells the same. It is called inside the transaction of what it tells.

    Args:
        key: of the transition or event.
        day_precision: how much of ``day`` is known; the rest of it is the first of its kind.
        words: an older source, to the letter; only for what happened before the register.
        source: what it tells of, so that it can be moved with it: :func:`move_public_event`.
        actor: whose step it is; the journal keeps the row's checksum.
    """
    event = PublicEvent.objects.create(
        case=case,
        key=key,
        source=source,
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
    log(
        events.PUBLIC_EVENT,
        event,
        actor=actor,
        about=case,
        after={"key": key, "day": day.isoformat()},
        rows=digests_of(event),
    )
    return event


def move_public_event(
    *, case: Case, source: str, day: dt.date, actor: User | None, reason: str = ""
) -> None:
    """Let the public events of a source lie on its corrected day; called in the correction."""
    for event in PublicEvent.objects.filter(case=case, source=source).order_by("pk"):
        before, event.day = event.day, day
        event.save(update_fields=["day"])
        save_change(
            case=case,
            actor=actor,
            event=events.PUBLIC_EVENT_MOVED,
            obj=event,
            before={"day": before.isoformat()},
            after={"day": day.isoformat()},
            reason=reason,
            rows=digests_of(event),
        )


def note_historic_event(
    *, case: Case, when: str, body_name: str, words: str, actor: User | None = None
) -> PublicEvent:
    """Note a quoted event whose day may be known to the month or year only: ``2005-12``."""
    precision = {4: DayPrecision.YEAR, 7: DayPrecision.MONTH}.get(len(when), DayPrecision.DAY)
    return note_public_event(
        case=case,
        key="historic",
        day=dt.date.fromisoformat(f"{when}-01-01"[:10]),
        day_precision=precision,
        body_name=body_name,
        words=words,
        actor=actor,
    )
