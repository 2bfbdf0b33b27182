# SPDX-License-Identifier: EUPL-1.2
"""The rows of cases that are registered: written together, with what each begins with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models

from casework.access.tokens import AccessFacts, audience_of
from casework.journal.digests import digests_of
from casework.journal.inserting import in_one_message, insert, insert_together
from casework.journal.services import Place, Told, log_many
from casework.organisation.models import User
from casework.register import events
from casework.register.models import (
    Case,
    CaseAudience,
    CaseFollower,
    CaseNumber,
    DiaryEntry,
    NumberSeries,
    RegistrationToken,
)
from casework.register.numbers import RegistryNumber
from casework.register.services.projections import announce_many
from casework.register.state import told_case


@dataclass(slots=True)
class NewCase:
    """A case about to be written, with what is registered beside its own columns."""

    case: Case
    registered_at: dt.datetime
    direction: str
    number: RegistryNumber | None = None
    entry_key: int | None = None
    number_key: int | None = None
    administrations: list[int] = field(default_factory=list)
    followers: list[int] = field(default_factory=list)
    token: uuid.UUID | None = None
    number_row: CaseNumber | None = None

    def facts(self) -> AccessFacts:
        """What the access rule wants to know; nothing is asked of the database."""
        case = self.case
        return AccessFacts(
            authority=case.authority_id,
            is_secret=case.is_secret,
            is_published=case.is_published,
            officer=case.officer_id,
            followers=frozenset(self.followers),
            administrations=frozenset(self.administrations),
            service_area=case.service_area_id,
        )


def insert_cases(
    news: Sequence[NewCase], *, series: NumberSeries, actor: User | None, place: Place
) -> Place:
    """Write all rows that carry the numbers; returns the chain's place after them."""
    entries = [entry_of(new, series, actor) for new in news]
    with in_one_message():
        insert(entries)
        insert_with_entries(news, entries)
        announce_many([new.case for new in news])
        told = log_many(
            [told_of(*each) for each in zip(news, entries, strict=True)], actor=actor, place=place
        )
    return Place(place.chain, place.position + len(told), told[-1].hash)


def insert_with_entries(
    news: Sequence[NewCase], entries: Sequence[DiaryEntry], *more: Sequence[models.Model]
) -> None:
    """Write the cases of entries that are written, and what each begins with.

    Args:
        news: the cases.
        entries: theirs, in the same order.
        more: rows that want nothing but the cases' keys, which go with the rest.
    """
    for new, entry in zip(news, entries, strict=True):
        new.case.entry = entry
    insert([new.case for new in news])
    for new in news:
        new.number_row = number_row(new.case, new.case.dnr, _numbered(new))
        new.number_row.pk = new.number_key
    for rows in more:
        for row in rows:
            row.case = row.case  # type: ignore[attr-defined]  # its key is known now
    insert_together([new.number_row for new in news if new.number_row], *more)
    through = Case.administrations.through
    insert_together(
        [
            through(case_id=new.case.pk, administration_id=pk)
            for new in news
            for pk in new.administrations
        ],
        [CaseFollower(case=new.case, user_id=pk) for new in news for pk in new.followers],
        [RegistrationToken(token=new.token, case=new.case) for new in news if new.token],
        [
            CaseAudience(case=new.case, token=token)
            for new in news
            for token in sorted(audience_of(new.facts()))
        ],
        keys=False,
    )


def number_row(case: Case, display: str, number: RegistryNumber) -> CaseNumber:
    """A number under which the case is found, not yet saved."""
    return CaseNumber(case=case, display=display, key=number.key, loose_key=number.loose_key)


def _numbered(new: NewCase) -> RegistryNumber:
    assert new.number is not None
    return new.number


def entry_of(new: NewCase, series: NumberSeries, actor: User | None) -> DiaryEntry:
    """The line of the diary in which a case is registered, not yet saved."""
    case = new.case
    return DiaryEntry(
        pk=new.entry_key,
        authority_id=series.authority_id,
        series=series,
        year=case.year,
        serial=case.serial,
        dnr=case.dnr,
        key=_numbered(new).key,
        direction=new.direction,
        received_date=case.received_date,
        registered_at=new.registered_at,
        registered_by=actor,
        title=case.title,
        party=case.party,
    )


def told_of(new: NewCase, entry: DiaryEntry) -> Told:
    """What the journal tells of a registered case."""
    assert new.number_row is not None
    case = new.case
    return Told(
        events.CASE_REGISTERED,
        case,
        after={
            "dnr": case.dnr,
            "entry": case.entry_id,
            "received_date": case.received_date.isoformat(),
            "title": case.title,
            "party": case.party,
        },
        rows={
            **digests_of(entry, new.number_row),
            **told_case(case, new.administrations, new.followers),
        },
    )
