# SPDX-License-Identifier: EUPL-1.2
"""Between the report's rows and its content: read, fill in, collect the case's facts."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from casework.access.tokens import Face
from casework.consultation.enums import AnswerState
from casework.consultation.models import Consultee
from casework.consultation.selectors import consultations_of, reason_for_none
from casework.meetings.models import Dissent
from casework.meetings.selectors import decisions_of
from casework.register.models import Case
from docgen import content as c
from docgen.founding import stable_id
from docgen.markup import paragraphs, with_addresses
from docgen.models import (
    Attachment,
    DecisionGroup,
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
            c.Officer(str(x.uid), x.name, x.phone, x.email) for x in parts_of(report.officers)
        ),
        recipients=tuple(
            c.Recipient(str(x.uid), x.name, x.meeting_date) for x in parts_of(report.recipients)
        ),
        decisions=_decisions(report),
        signatories=tuple(
            c.Signatory(str(x.uid), x.name, x.title) for x in parts_of(report.signatories)
        ),
        sections=tuple(
            c.Section(str(x.uid), x.heading, with_addresses(x.body), x.level, x.key)
            for x in parts_of(report.sections)
        ),
        consultation=c.from_json(c.Consultation, consultation) if consultation else None,
        links=tuple(c.from_json(c.CaseLink, link) for link in facts.get("links", [])),
        dissents=tuple(_dissent(x) for x in parts_of(report.dissents)),
        attachments=tuple(c.Attachment(str(x.uid), x.text) for x in parts_of(report.attachments)),
    )


def hash_of(content: c.ReportContent) -> str:
    """One hash for equal content."""
    return hash_of_json(c.to_json(content))


def hash_of_json(content: dict[str, Any]) -> str:
    """As :func:`hash_of`, of a content that was kept with its file."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def parts_of(manager: Any) -> list[Any]:
    """A report's parts in their order."""
    # In a revision the children live in memory only, where the database's ordering does nothing.
    return sorted(
        manager.all(), key=lambda x: (x.sort_order if x.sort_order is not None else 0, x.pk or 0)
    )


def _decisions(report: Report) -> tuple[c.DecisionGroup, ...]:
    return tuple(
        c.DecisionGroup(
            str(row.uid),
            row.body,
            tuple(c.DecisionPoint(str(x.uid), x.text) for x in parts_of(row.points)),
            row.lead,
        )
        for row in parts_of(report.decision_groups)
    )


def _dissent(row: ReportDissent) -> c.Dissent:
    persons = []
    for line in row.persons.splitlines():
        match = _PERSON.match(line)
        if line.strip() and match:
            persons.append(c.Dissenter(match["name"], match["party"] or ""))
    points = [line.strip() for line in row.proposal.splitlines() if line.strip()]
    return c.Dissent(
        str(row.uid),
        row.kind,
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
    report.decision_groups = [_group_row(x, n) for n, x in enumerate(content.decisions)]
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
    report.dissents = [_dissent_row(x, n) for n, x in enumerate(content.dissents)]


def _group_row(group: c.DecisionGroup, place: int) -> DecisionGroup:
    row: Any = DecisionGroup(uid=group.id, sort_order=place, body=group.body, lead=group.lead)
    row.points = [
        DecisionPoint(uid=x.id, sort_order=n, text=x.text) for n, x in enumerate(group.points)
    ]
    return row


def add_dissents(report: Report, dissents: list[c.Dissent]) -> None:
    """Put dissents that have been announced since behind those that the report has (R70)."""
    rows = parts_of(report.dissents)
    rows += [_dissent_row(x, len(rows) + n) for n, x in enumerate(dissents)]
    report.dissents = rows


def _dissent_row(dissent: c.Dissent, place: int) -> ReportDissent:
    return ReportDissent(
        uid=dissent.id,
        sort_order=place,
        kind=dissent.kind,
        body=dissent.body,
        persons="\n".join(f"{y.name} ({y.party})" if y.party else y.name for y in dissent.persons),
        proposal="\n".join(y.text for y in dissent.proposal),
        text=dissent.html,
        note=dissent.note,
    )


def case_facts(case: Case) -> dict[str, Any]:
    """What the report takes over from its case: numbers, remiss, links, dissent (R65, R67, R70)."""
    numbers = [case.dnr]
    numbers += [x.display for x in case.numbers.order_by("pk") if x.display != case.dnr]
    consultation = case_consultation(case)
    return {
        "dnr": numbers,
        "consultation": c.to_json(consultation) if consultation else None,
        "links": [
            c.to_json(_link(x))
            for x in case.links.select_related("target").order_by("pk")
            # A report is read by more people than a secret case: it is not named at all (R67).
            if x.target is None or not x.target.is_secret
        ],
        "dissents": [x.id for x in case_dissents(case)],
    }


def case_consultation(case: Case) -> c.Consultation | None:
    """All remisser of the case as one table, or the reason for none; None before either (R65).

    One that was asked several times stands with the last.
    """
    remisser = list(consultations_of(case))
    if not remisser:
        reason = reason_for_none(case)
        return c.Consultation(held=False, reason=reason) if reason else None
    asked: dict[str, Consultee] = {}
    for remiss in remisser:
        asked |= {x.name: x for x in remiss.consultees.all()}
    return c.Consultation(
        held=True,
        deadline=max(x.deadline for x in remisser),
        consultees=tuple(
            c.Consultee(f"remiss-{x.pk}", x.name, _answer(x), x.answered_on) for x in asked.values()
        ),
    )


def _answer(row: Consultee) -> str:
    """How a consultee answered: its position where it took one."""
    if row.state == AnswerState.ANSWERED and row.position:
        return str(row.get_position_display())
    return str(row.get_state_display())


def case_dissents(case: Case) -> list[c.Dissent]:
    """What was announced against the case's decisions, in their order (R62, R70)."""
    return [
        _announced(case, dissent, decision.body.in_sentence())
        for decision in decisions_of(case)
        for dissent in decision.dissents.all()
    ]


def _announced(case: Case, row: Dissent, body: str) -> c.Dissent:
    key = stable_id(case.dnr, "dissent", row.pk)
    return c.Dissent(
        key,
        row.kind,
        body,
        tuple(c.Dissenter(x.name, x.party) for x in row.persons.all()),
        tuple(
            c.DecisionPoint(f"{key}.{n}", text)
            for n, text in enumerate(row.proposal_points, start=1)
        ),
        paragraphs(row.statement),
    )


def _link(row: Any) -> c.CaseLink:
    target = row.target
    title = target.title_for(Face.PUBLIC) if target is not None else row.note
    return c.CaseLink(
        f"koppling-{row.pk}",
        target.dnr if target else row.target_number,
        title,
        str(row.get_kind_display()).lower(),
    )
