# SPDX-License-Identifier: EUPL-1.2
"""The historic case in which the model was decided: 031-3884/2007, with what is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags

from casework.consultation.services import state_no_consultation
from casework.meetings.models import Decision
from casework.meetings.services import DissentBy, note_dissent, note_historic_decision
from casework.organisation.models import Authority, Body, User
from casework.preset.loader import read
from casework.register.enums import LinkKind
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    close_case,
    link_cases,
    note_public_event,
    publish,
    publish_record,
    register_historic,
    register_record,
)

SERIES = "HIST"
HISTORIC_EVENT = "historic"
"""The key of a public event that is told in the words of the source."""


@transaction.atomic
def load_founding_case(*, actor: User) -> Case:
    """Enter the case once; a second call returns the one that is there.

    What the sources do not give stays unknown: no decision day is made up, and no decision of
    kommunfullmäktige, of which they say nothing.
    """
    data = read("founding_case")
    existing = Case.objects.filter(dnr=data["dnr"]).first()
    if existing:
        return existing
    series, _created = NumberSeries.objects.get_or_create(
        code=SERIES,
        defaults={
            "authority": Authority.objects.get(code=data["authority"]),
            "name": "Äldre diarier",
            "is_historic": True,
        },
    )
    case = register_historic(
        series=series,
        dnr=data["dnr"],
        title=data["title"],
        received_date=dt.date.fromisoformat(data["received_date"]),
        case_type=data["case_type"],
        party=data["party"],
        party_public=data["party"],
        summary=data["summary"],
        actor=actor,
    )
    for link in data["links"]:
        link_cases(
            case=case,
            kind=LinkKind.RELATED,
            number=link["dnr"],
            note=link["title"],
            actor=actor,
        )
    state_no_consultation(case=case, reason=data["consultation"]["reason"], actor=actor)
    _records(case, data, actor)
    _decisions(case, data, actor)
    _events(case, data)
    publish(case=case, actor=actor)
    close_case(case=case, outcome=data["outcome_code"], decided_on=None, actor=actor)
    return case


def _records(case: Case, data: Mapping[str, Any], actor: User) -> None:
    """The records whose day is known; a year alone is no day of receipt."""
    for row in data["records"]:
        day, precision = _day(row["date"])
        if precision == "day":
            record = register_record(
                case=case,
                direction=row["direction"],
                title=row["title"],
                received_date=day,
                actor=actor,
            )
            publish_record(record=record, actor=actor)


def _decisions(case: Case, data: Mapping[str, Any], actor: User) -> None:
    """What each body decided, in order, and the reservation (R9, R10, R61, R70)."""
    decisions: dict[str, Decision] = {}
    for row in [*data["opinions"], *data["decision_lists"]]:
        decisions[row["decided_by"]] = note_historic_decision(
            case=case,
            body=Body.objects.get(slug=row["decided_by"]),
            lead=row["lead"],
            points=row.get("points", ()),
            actor=actor,
        )
    for row in data["dissents"]:
        note_dissent(
            decision=decisions[row["decided_by"]],
            kind=row["kind_code"],
            persons=[DissentBy(name=who["name"], party=who["party"]) for who in row["persons"]],
            proposal="\n".join(row["proposal"]),
            statement=_plain(row["html"]),
            actor=actor,
        )


def _events(case: Case, data: Mapping[str, Any]) -> None:
    """What happened, in the words of the source; a body that the city knows is named as such."""
    bodies = {body.name: body for body in Body.objects.filter(authority=case.authority)}
    for row in data["events"]:
        body = bodies.get(row["body"])
        person = f" ({row['person']})" if row.get("person") else ""
        words = f"{row['what'].removesuffix('.')}{person}." if person else row["what"]
        day, precision = _day(row["date"])
        note_public_event(
            case=case,
            key=HISTORIC_EVENT,
            body=body,
            words=words if body else f"{row['body']}: {words}",
            day=day,
            day_precision=precision,
        )


def _day(text: str) -> tuple[dt.date, str]:
    """A day of the source and how exactly it is known: ``2005-12`` is a month."""
    parts = [int(part) for part in text.split("-")]
    precision = ("year", "month", "day")[len(parts) - 1]
    return dt.date(*[*parts, 1, 1][:3]), precision


def _plain(html: str) -> str:
    """Paragraphs as plain text, an empty line between."""
    return "\n\n".join(
        strip_tags(part).strip() for part in html.split("</p>") if strip_tags(part).strip()
    )
