# SPDX-License-Identifier: EUPL-1.2
"""The rows of cases that are registered: written together, with what each begins with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    """A case about to be written, with what is registered beside its own columns.

    All rows that begin with it are made here, before its number is asked for: what others wait
    for is only that the number and the keys are set in them.
    """

    case: Case
    series: NumberSeries
    actor: User | None
    registered_at: dt.datetime
    direction: str
    administrations: list[int] = field(default_factory=list)
    followers: list[int] = field(default_factory=list)
    token: uuid.UUID | None = None
    entry: DiaryEntry = field(init=False)
    number: CaseNumber = field(init=False)
    beside: tuple[list[Any], ...] = field(init=False)
    """Rows of several tables that want the case's key and are wanted by none."""

    def __post_init__(self) -> None:
        case = self.case
        self.entry = DiaryEntry(
            authority_id=self.series.authority_id,
            series=self.series,
            year=case.year,
            direction=self.direction,
            received_date=case.received_date,
            registered_at=self.registered_at,
            registered_by=self.actor,
            title=case.title,
            party=case.party,
        )
        self.number = CaseNumber(case=case)
        through = Case.administrations.through
        self.beside = (
            [through(case=case, administration_id=pk) for pk in self.administrations],
            [CaseFollower(case=case, user_id=pk) for pk in self.followers],
            [RegistrationToken(token=self.token, case=case)] if self.token else [],
            [CaseAudience(case=case, token=token) for token in sorted(audience_of(self.facts()))],
        )

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

    def give_number(self, number: RegistryNumber, dnr: str) -> None:
        """Set the number in the rows that carry it."""
        case, entry, row = self.case, self.entry, self.number
        case.serial = entry.serial = number.serial
        case.dnr = entry.dnr = row.display = dnr
        entry.key = row.key = number.key
        row.loose_key = number.loose_key

    def give_keys(self, entry: int, case: int, number: int) -> None:
        """Set the rows' primary keys, where they were taken beforehand."""
        self.entry.pk, self.case.pk, self.number.pk = entry, case, number

    def told(self) -> Told:
        """What the journal tells of it, once it is written."""
        case = self.case
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
                **digests_of(self.entry, self.number),
                **told_case(case, self.administrations, self.followers),
            },
        )


def insert_cases(news: Sequence[NewCase], place: Place) -> Place:
    """Write all rows that carry the numbers; returns the chain's place after them.

    Args:
        news: cases of one series and one person.
        place: of the first in the series' chain.
    """
    with in_one_message():
        insert([new.entry for new in news])
        insert_with_entries(news)
        announce_many([new.case for new in news])
        told = log_many([new.told() for new in news], actor=news[0].actor, place=place)
    return Place(place.chain, place.position + len(told), told[-1].hash)


def insert_with_entries(news: Sequence[NewCase], *more: Sequence[models.Model]) -> None:
    """Write the cases of entries that are written, and what each begins with.

    Args:
        news: the cases.
        more: rows that want nothing but the cases' keys, which go with the rest.
    """
    for new in news:
        new.case.entry = new.entry
    insert([new.case for new in news])
    for new in news:
        for rows in ([new.number], *new.beside):
            for row in rows:
                row.case_id = new.case.pk
    for wants in more:
        for other in wants:
            other.case = other.case  # type: ignore[attr-defined]  # its key is known now
    insert_together([new.number for new in news], *more)
    insert_together(*map(_joined, zip(*(new.beside for new in news), strict=True)), keys=False)


def _joined(parts: Iterable[list[Any]]) -> list[Any]:
    return [row for rows in parts for row in rows]


def number_row(case: Case, display: str, number: RegistryNumber) -> CaseNumber:
    """A number under which the case is found, not yet saved."""
    return CaseNumber(case=case, display=display, key=number.key, loose_key=number.loose_key)
