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
    publish,
    publish_record,
    register_historic,
    register_record,
)
from casework.register.services.public_events import note_historic_event

SERIES = "HIST"


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
    _events(case, data, actor)
    publish(case=case, actor=actor)
    close_case(
        case=case, outcome=data["outcome_code"], decided_on=None, actor=actor,
        despite="Ärendet avslutades i ett tidigare diarium.",
    )  # fmt: skip
    return case


def _records(case: Case, data: Mapping[str, Any], actor: User) -> None:
    """The records whose day is known; a year alone is no day of receipt."""
    for row in data["records"]:
        if len(row["date"]) == len("2007-12-06"):
            record = register_record(
                case=case,
                direction=row["direction"],
                title=row["title"],
                received_date=dt.date.fromisoformat(row["date"]),
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


def _events(case: Case, data: Mapping[str, Any], actor: User) -> None:
    """What happened, in the words of the source; public events name bodies, never persons."""
    for row in data["events"]:
        note_historic_event(
            case=case,
            when=row["date"],
            body_name=row["body"],
            words=row["what"],
            actor=actor,
        )


def _plain(html: str) -> str:
    """Paragraphs as plain text, an empty line between."""
    return "\n\n".join(
        strip_tags(part).strip() for part in html.split("</p>") if strip_tags(part).strip()
    )
