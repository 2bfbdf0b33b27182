# SPDX-License-Identifier: EUPL-1.2
"""Between the report's rows and its content: read, fill in, collect the case's facts."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import groupby
from typing import Any

from casework.access.tokens import Face
from casework.consultation.models import Consultation as CaseConsultation
from casework.register.models import Case
from docgen import content as c
from docgen.enums import DissentKind
from docgen.models import (
    Attachment,
    DecisionPoint,
    Officer,
    Recipient,
    Report,
    ReportDissent,
    ReportSection,
    Signatory,
)

_PERSON = re.compile(r"^\s*(?P<name>.+?)\s*(?:\((?P<party>[^()]*)\))?\s*$")


def content_of(report: Report) -> c.ReportContent:
    """The content of a report as it stands in memory: a row's or a revision's."""
    facts = report.facts or case_facts(report.case)
    consultation = facts.get("consultation")
    return c.ReportContent(
        title=report.title,
        dnr=tuple(facts.get("dnr") or [report.case.dnr]),
        administration=report.administration,
        department=report.department,
        date=report.date,
        kind_line=report.kind_line,
        officers=tuple(
            c.Officer(str(x.uid), x.name, x.phone, x.email) for x in _parts(report.officers)
        ),
        recipients=tuple(
            c.Recipient(str(x.uid), x.name, x.meeting_date) for x in _parts(report.recipients)
        ),
        decisions=_decisions(report),
        signatories=tuple(
            c.Signatory(str(x.uid), x.name, x.title) for x in _parts(report.signatories)
        ),
        sections=tuple(
            c.Section(str(x.uid), x.heading, x.body, x.level, x.key)
            for x in _parts(report.sections)
        ),
        consultation=c.from_json(c.Consultation, consultation) if consultation else None,
        links=tuple(c.from_json(c.CaseLink, link) for link in facts.get("links", [])),
        dissents=tuple(_dissent(x) for x in _parts(report.dissents)),
        attachments=tuple(c.Attachment(str(x.uid), x.text) for x in _parts(report.attachments)),
    )


def hash_of(content: c.ReportContent) -> str:
    """One hash for equal content."""
    text = json.dumps(c.to_json(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _parts(manager: Any) -> list[Any]:
    # In a revision the children live in memory only, where the database's ordering does nothing.
    return sorted(
        manager.all(), key=lambda x: (x.sort_order if x.sort_order is not None else 0, x.pk or 0)
    )


def _decisions(report: Report) -> tuple[c.DecisionGroup, ...]:
    groups = []
    for body, rows in groupby(_parts(report.decision_points), key=lambda x: x.deciding_body):
        points = list(rows)
        groups.append(
            c.DecisionGroup(
                str(points[0].uid),
                body,
                tuple(c.DecisionPoint(str(x.uid), x.text) for x in points),
                next((x.lead for x in points if x.lead), ""),
            )
        )
    return tuple(groups)


def _dissent(row: ReportDissent) -> c.Dissent:
    persons = []
    for line in row.persons.splitlines():
        match = _PERSON.match(line)
        if line.strip() and match:
            persons.append(c.Dissenter(match["name"], match["party"] or ""))
    points = [line.strip() for line in row.proposal.splitlines() if line.strip()]
    return c.Dissent(
        str(row.uid),
        str(row.get_kind_display()),
        row.body,
        tuple(persons),
        tuple(c.DecisionPoint(f"{row.uid}.{n}", text) for n, text in enumerate(points, start=1)),
        row.text,
        row.note,
    )


def fill(report: Report, content: c.ReportContent) -> None:
    """Set the report's fields and parts from content; ids are kept."""
    report.title = content.title
    report.kind_line = content.kind_line
    report.administration = content.administration
    report.department = content.department
    if content.date:
        report.date = content.date
    report.officers = [
        Officer(uid=x.id, sort_order=n, name=x.name, phone=x.phone, email=x.email)
        for n, x in enumerate(content.officers)
    ]
    report.recipients = [
        Recipient(uid=x.id, sort_order=n, name=x.name, meeting_date=x.meeting_date)
        for n, x in enumerate(content.recipients)
    ]
    points = [(group, point) for group in content.decisions for point in group.points]
    report.decision_points = [
        DecisionPoint(
            uid=point.id,
            sort_order=n,
            deciding_body=group.body,
            lead=group.lead if point is group.points[0] else "",
            text=point.text,
        )
        for n, (group, point) in enumerate(points)
    ]
    report.signatories = [
        Signatory(uid=x.id, sort_order=n, name=x.name, title=x.title)
        for n, x in enumerate(content.signatories)
    ]
    report.sections = [
        ReportSection(
            uid=x.id, sort_order=n, key=x.key, heading=x.heading, level=x.level, body=x.html
        )
        for n, x in enumerate(content.sections)
    ]
    report.attachments = [
        Attachment(uid=x.id, sort_order=n, text=x.text) for n, x in enumerate(content.attachments)
    ]
    report.dissents = [
        ReportDissent(
            uid=x.id,
            sort_order=n,
            kind=_kind(x.kind),
            body=x.body,
            persons="\n".join(f"{y.name} ({y.party})" if y.party else y.name for y in x.persons),
            proposal="\n".join(y.text for y in x.proposal),
            text=x.html,
            note=x.note,
        )
        for n, x in enumerate(content.dissents)
    ]


def _kind(label: str) -> str:
    return next((x for x, y in DissentKind.choices if str(y) == label), DissentKind.RESERVATION)


def case_facts(case: Case) -> dict[str, Any]:
    """What the report takes over from its case: numbers, remiss and links (R65, R67)."""
    numbers = [case.dnr]
    numbers += [x.display for x in case.numbers.order_by("pk") if x.display != case.dnr]
    consultation = CaseConsultation.objects.filter(case=case).prefetch_related("consultees").first()
    return {
        "dnr": numbers,
        "consultation": c.to_json(_consultation(consultation)) if consultation else None,
        "links": [c.to_json(_link(x)) for x in case.links.select_related("target").order_by("pk")],
    }


def _consultation(row: CaseConsultation) -> c.Consultation:
    return c.Consultation(
        held=row.deadline is not None,
        reason=row.none_reason,
        deadline=row.deadline,
        consultees=tuple(
            c.Consultee(f"remiss-{x.pk}", x.name, str(x.get_state_display()), x.answered_on)
            for x in row.consultees.all()
        ),
    )


def _link(row: Any) -> c.CaseLink:
    target = row.target
    # A report is read by more people than a secret case: such a case is named by number only.
    open_ = target is not None and not target.is_secret
    title = target.title_for(Face.PUBLIC) if open_ else row.note if target is None else ""
    return c.CaseLink(
        f"koppling-{row.pk}",
        target.dnr if target else row.target_number,
        title,
        str(row.get_kind_display()).lower(),
    )
