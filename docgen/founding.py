# SPDX-License-Identifier: EUPL-1.2
"""The founding case's tjänsteutlåtande as content, from the preset's data file."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from docgen.content import (
    Attachment,
    CaseLink,
    Consultation,
    DecisionGroup,
    DecisionPoint,
    Officer,
    Recipient,
    ReportContent,
    Section,
    Signatory,
)

_NAMESPACE = uuid.UUID("6b1e2f0c-3a55-4c9d-9b7e-0c7c2a5d1f31")


def stable_id(dnr: str, *path: object) -> str:
    """The same id for the same place in the same case, each time the data is loaded."""
    return str(uuid.uuid5(_NAMESPACE, "/".join([dnr, *map(str, path)])))


def founding_content(data: dict[str, Any]) -> ReportContent:
    """The report of a historic case, in the shape that every other report has.

    What the office proposed stands in its paper; what the boards made of it, and who dissented,
    stands with their decisions of the year after (R61, R62).
    """
    dnr = data["dnr"]
    report = data["report"]

    def new_id(*path: object) -> str:
        return stable_id(dnr, *path)

    return ReportContent(
        title=data["title"],
        dnr=(dnr,),
        administration=report["administration"],
        department=report["department"],
        date=date.fromisoformat(report["date"]),
        kind_line=report["kind_line"],
        officers=tuple(
            Officer(new_id("officer", n), **row) for n, row in enumerate(report["officers"])
        ),
        recipients=tuple(
            Recipient(new_id("recipient", n), row["name"], _date(row["meeting_date"]))
            for n, row in enumerate(report["recipients"])
        ),
        decisions=tuple(
            DecisionGroup(
                new_id("group", n),
                row["body"],
                tuple(
                    DecisionPoint(new_id("decision", n, m), text)
                    for m, text in enumerate(row["points"])
                ),
                row["lead"],
            )
            for n, row in enumerate(report["decision_lists"])
        ),
        signatories=tuple(
            Signatory(new_id("signatory", n), row["name"], row["title"])
            for n, row in enumerate(report["signatories"])
        ),
        sections=tuple(
            Section(new_id("section", n), row["heading"], row["html"], row["level"], row["key"])
            for n, row in enumerate(report["sections"])
        ),
        consultation=Consultation(**data["consultation"]),
        links=tuple(
            CaseLink(new_id("link", n), row["dnr"], row["title"], row["kind"])
            for n, row in enumerate(data["links"])
        ),
        attachments=tuple(
            Attachment(new_id("attachment", n), text)
            for n, text in enumerate(report["attachments"])
        ),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
