# SPDX-License-Identifier: EUPL-1.2
"""The one writer of a registered case and its records: saves, tells the journal, and announces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models, transaction

from casework.journal.digests import digests_of
from casework.journal.events import EventType
from casework.journal.models import JournalEntry
from casework.journal.services import log, take_place
from casework.organisation.models import User
from casework.register.models import Case, Record
from casework.register.services.projections import sync
from casework.register.state import told_case, value_of

#: The fields whose old value may hold what must no longer be told.
WORDS = frozenset(
    {
        "title",
        "title_public",
        "party",
        "party_public",
        "summary",
        "voided_at",
        "merged_into",
        "disposed_at",
    }
)


@transaction.atomic
def save_change(
    *,
    case: Case,
    actor: User | None,
    event: EventType,
    fields: Sequence[str] = (),
    record: Record | None = None,
    obj: models.Model | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
    rows: Mapping[str, str | None] | None = None,
) -> JournalEntry:
    """Save what changed, journal the difference, and bring all that is derived into step.

    The chain is locked, then the case (docs/mechanisms/locking.md), and under these locks what is
    stored is read again: the difference told is the true one, and what somebody else changed
    meanwhile, such as a secrecy marking, decides the audience. One entry is logged for one thing
    that a person did, so that the case can be shown as it was on any day (OSL 5:1, JO 4639-2007).

    Args:
        fields: of the record where one is given, else of the case; the values to save are those
            that the instance holds.
        record: the one record that changed, if any; the others follow only where the case's own
            audience changed, so a change costs the same however many records the case has.
        obj: what the event is about, where it is neither the case nor the record.
        before: what changed beside the fields, as it was.
        after: what changed beside the fields, as it is now, and what the words of the event name.
        rows: the checksums of other rows that were written with it.
    """
    changed: models.Model = record or case
    wanted = {name: getattr(changed, _attname(changed, name)) for name in fields}
    place = take_place(case.chain)
    stored = (
        Case.objects.select_for_update(of=("self",))
        .select_related("entry__series", "authority", "service_area")
        .get(pk=case.pk)
    )
    stored_row: models.Model = stored
    if record is not None:
        stored_row = Record.objects.get(pk=record.pk)
    old = {name: value_of(stored_row, name) for name in fields}
    for name, value in wanted.items():
        setattr(stored_row, _attname(stored_row, name), value)
    new = {name: value_of(stored_row, name) for name in fields}
    differing = [name for name in fields if old[name] != new[name]]
    stored.change_number += 1
    columns = {"change_number": stored.change_number}
    if record is None:
        columns.update((name, wanted[name]) for name in differing)
    elif differing:
        Record.objects.filter(pk=record.pk).update(**{name: wanted[name] for name in differing})
    Case.objects.filter(pk=stored.pk).update(**columns)
    _take_over(case, stored)
    if record is not None:
        _take_over(record, stored_row)
        record.case = case
    facts = sync(case, record=record, reworded=not WORDS.isdisjoint(differing))
    told: dict[str, str | None] = {**(rows or {})}
    if record is None:
        told.update(told_case(case, facts.administrations, facts.followers))
    else:
        told.update(digests_of(record))
    return log(
        event,
        obj or changed,
        actor=actor,
        about=case,
        before={**{name: old[name] for name in differing}, **(before or {})},
        after={**{name: new[name] for name in differing}, **(after or {})},
        reason=reason,
        rows=told,
        place=place,
    )


def _attname(row: models.Model, field: str) -> str:
    name: str = row._meta.get_field(field).attname  # type: ignore[union-attr]
    return name


def _take_over(row: models.Model, stored: models.Model) -> None:
    """Let the caller's instance say what is stored, and forget what it had fetched beside it."""
    fresh = {**stored.__dict__}
    fresh.pop("_prefetched_objects_cache", None)
    row.__dict__.pop("_prefetched_objects_cache", None)
    row.__dict__.update(fresh)
