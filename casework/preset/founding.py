# SPDX-License-Identifier: EUPL-1.2
"""The historic case in which the model was decided: 031-3884/2007, with what is known of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from casework.consultation.services import decide_against
from casework.organisation.models import Authority, User
from casework.preset.loader import read
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    close_case,
    link_cases,
    note_history,
    publish,
    publish_record,
    register_historic,
    register_record,
)

SERIES = "HIST"


@transaction.atomic
def load_founding_case(actor: User) -> Case:
    """Enter the case once; a second call returns the one that is there.

    Dates that the sources do not give stay unknown: no decision day is made up.
    """
    data = read("founding_case")
    existing = Case.objects.filter(dnr=data["dnr"]).first()
    if existing:
        return existing
    authority = Authority.objects.get(code=data["authority"])
    series, _created = NumberSeries.objects.get_or_create(
        code=SERIES,
        defaults={"authority": authority, "name": "Äldre diarier", "is_historic": True},
    )
    case = register_historic(
        actor=actor,
        series=series,
        dnr=data["dnr"],
        title=data["title"],
        received_date=dt.date.fromisoformat(data["received_date"]),
        case_type=data["case_type"],
        party=data["party"],
        party_public=data["party"],
        summary=data["summary"],
    )
    for link in data["links"]:
        link_cases(case=case, kind="related", number=link["dnr"], actor=None, note=link["title"])
    decide_against(case, reason=data["consultation"]["reason"], actor=actor)
    for row in data["records"]:
        if len(row["date"]) == len("2007-12-06"):
            record = register_record(
                actor=actor,
                case=case,
                direction=row["direction"],
                title=row["title"],
                received_date=dt.date.fromisoformat(row["date"]),
            )
    publish(case=case, actor=None)
    publish_record(record=record, actor=None)
    close_case(case=case, outcome=data["outcome"], decided_on=None, actor=None)
    note_history(
        case=case,
        actor=actor,
        decisions=[
            {"body": row["body"], "lead": row["lead"], "points": row["points"]}
            for row in data["decision_lists"]
        ],
        dissents=[
            {
                "kind": row["kind"],
                "body": row["body"],
                "persons": row["persons"],
                "proposal": row["proposal"],
                "statement": row["html"],
            }
            for row in data["dissents"]
        ],
        events=[
            {
                "when": row["date"],
                "body": row["body"],
                "person": row.get("person", ""),
                "what": row["what"],
            }
            for row in data["events"]
        ],
    )
    return case
