# SPDX-License-Identifier: EUPL-1.2
"""From the report's content to the values of a template, and the keys that templates may use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from docgen.content import CaseLink, Consultation, DecisionGroup, Dissent, ReportContent, Section
from docgen.engine.reader import Plan
from docgen.engine.richtext import parse_html, parse_text
from docgen.engine.values import Field, Group, Item, Repeat, Rich, Text, Value
from docgen.sections import empty_sections, with_remiss

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

DISSENT_WORDS = {"reservation": "Reservation", "statement": "Särskilt uttalande"}
"""How the document names the kinds of dissent (R70); their codes are those of meetings."""


def unbroken(number: str) -> str:
    """A registry number that is not parted at the end of a line: KS 2026/12 in one piece."""
    return number.replace(" ", "\u00a0")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "a, b och c"."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " och " + names[-1]


def long_date(day: date) -> str:
    """A date in running text: "6 december 2007"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


FIELDS: tuple[Field, ...] = (
    Field("administration", "text", "Förvaltning", required=True),
    Field("department", "text", "Avdelning"),
    Field("document_type", "text", "Dokumenttyp", required=True),
    Field("dnr", "text", "Diarienummer", required=True, places=("first", "following")),
    Field("date", "text", "Datum", required=True),
    Field(
        "officers",
        "repeat",
        "Handläggare",
        required=True,
        children=(
            Field("officer.name", "text", "Handläggarens namn", required=True),
            Field("officer.phone", "text", "Telefon"),
            Field("officer.email", "text", "E-post"),
        ),
    ),
    Field(
        "recipients",
        "repeat",
        "Mottagare",
        required=True,
        children=(
            Field("recipient.name", "text", "Nämnd eller styrelse", required=True),
            Field("recipient.meeting", "text", "Sammanträdesdag"),
        ),
    ),
    Field("title", "text", "Ärendets rubrik", required=True, places=("body",)),
    Field("kind_line", "text", "Slag av ärende"),
    Field("decision.heading", "text", "Rubrik för beslutsförslaget", required=True),
    Field(
        "decisions",
        "repeat",
        "Förslag till beslut",
        required=True,
        children=(
            Field("decision.lead", "text", "Vem som beslutar", required=True),
            Field(
                "decision.points",
                "repeat",
                "Beslutspunkter",
                required=True,
                children=(Field("decision.text", "text", "Beslutspunkt", required=True),),
            ),
        ),
    ),
    Field(
        "signatories",
        "repeat",
        "Underskrifter",
        required=True,
        children=(
            Field("signatory.name", "text", "Namn", required=True),
            Field("signatory.title", "text", "Titel"),
        ),
    ),
    Field(
        "sections",
        "repeat",
        "Avsnitt",
        required=True,
        children=(
            Field("section.heading", "text", "Avsnittets rubrik", required=True),
            Field("section.body", "rich", "Avsnittets text", required=True),
            Field(
                "section.consultation",
                "group",
                "Remiss",
                required=True,
                children=(
                    Field("consultation.text", "rich", "Om remissen", required=True),
                    Field(
                        "consultation.table",
                        "group",
                        "Remissinstanser",
                        children=(
                            Field(
                                "consultees",
                                "repeat",
                                "Remissinstanser",
                                children=(
                                    Field("consultee.name", "text", "Remissinstans"),
                                    Field("consultee.status", "text", "Svar"),
                                    Field("consultee.date", "text", "Datum"),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Field(
        "links",
        "group",
        "Anknytande ärenden",
        required=True,
        children=(
            Field("links.heading", "text", "Rubrik för anknytande ärenden", required=True),
            Field(
                "links.items",
                "repeat",
                "Anknytande ärenden",
                required=True,
                children=(Field("link.text", "text", "Ärende", required=True),),
            ),
        ),
    ),
    Field(
        "dissents",
        "group",
        "Reservationer",
        required=True,
        children=(
            Field("dissents.heading", "text", "Rubrik för reservationer", required=True),
            Field("dissents.note", "text", "När och var"),
            Field(
                "dissents.items",
                "repeat",
                "Reservationer",
                required=True,
                children=(
                    Field("dissent.lead", "text", "Vem som reserverar sig", required=True),
                    Field(
                        "dissent.points",
                        "repeat",
                        "Eget förslag",
                        required=True,
                        children=(Field("dissent.point", "text", "Förslag", required=True),),
                    ),
                    Field("dissent.body", "rich", "Skäl", required=True),
                ),
            ),
        ),
    ),
    Field(
        "attachments",
        "group",
        "Bilagor",
        required=True,
        children=(
            Field("attachments.heading", "text", "Rubrik för bilagor", required=True),
            Field(
                "attachments.items",
                "repeat",
                "Bilagor",
                required=True,
                children=(Field("attachment.text", "text", "Bilaga", required=True),),
            ),
        ),
    ),
)


def _labels(fields: Iterable[Field]) -> dict[str, str]:
    found = {}
    for field in fields:
        if field.kind in ("text", "rich"):
            found[field.key] = field.label
        found.update(_labels(field.children))
    return found


LABELS = _labels(FIELDS)
"""What people call each field that holds text."""

# How a returned document is read: fields of running text, and the heading that opens one.
READING = Plan(
    frozenset({"section.body", "consultation.text", "dissent.body"}),
    {"section.heading": "section.body"},
    frozenset(LABELS),
)


#: The field whose page the signatures stand on.
SIGNED = "signatory.name"


def report_values(content: ReportContent) -> dict[str, Value]:
    """All values of the template for one report."""
    heads = content.headings
    return {
        "administration": Text(content.administration),
        "department": Text(content.department),
        "document_type": Text(heads.document_type),
        "dnr": Text(", ".join(unbroken(x) for x in content.dnr)),
        "date": Text(content.date.isoformat() if content.date else ""),
        "title": Text(content.title),
        "kind_line": Text(content.kind_line),
        "officers": Repeat(
            tuple(
                Item(
                    x.id,
                    {
                        "officer.name": Text(x.name),
                        "officer.phone": Text(x.phone),
                        "officer.email": Text(x.email),
                    },
                )
                for x in content.officers
            )
        ),
        "recipients": Repeat(
            tuple(
                Item(
                    x.id,
                    {
                        "recipient.name": Text(x.name),
                        "recipient.meeting": Text(
                            long_date(x.meeting_date) if x.meeting_date else ""
                        ),
                    },
                )
                for x in content.recipients
            )
        ),
        "decision.heading": Text(heads.decision if content.decisions else ""),
        "decisions": Repeat(tuple(_decision(x) for x in content.decisions)),
        "signatories": Repeat(
            tuple(
                Item(x.id, {"signatory.name": Text(x.name), "signatory.title": Text(x.title)})
                for x in content.signatories
            )
        ),
        "sections": Repeat(_sections(content)),
        "links": _links(content),
        "dissents": _dissents(content),
        "attachments": _attachments(content),
    }


def lead_of(group: DecisionGroup) -> str:
    """The line above a group's points."""
    return group.lead or (f"{group.body} beslutar följande" if group.body else "")


def _decision(group: DecisionGroup) -> Item:
    points = tuple(Item(x.id, {"decision.text": Text(x.text)}) for x in group.points)
    return Item(
        group.id, {"decision.lead": Text(lead_of(group)), "decision.points": Repeat(points)}
    )


def _sections(content: ReportContent) -> tuple[Item, ...]:
    empty = empty_sections(content)
    printed = with_remiss(content)
    return tuple(
        _section(x, content.consultation if x is printed else None)
        for x in content.sections
        if x not in empty
    )


def _section(section: Section, consultation: Consultation | None) -> Item:
    level = min(max(section.level, 1), 3)
    values: dict[str, Value] = {
        "section.heading": Text(section.heading, style=f"heading {level}"),
        "section.body": Rich(parse_html(section.html), level),
        "section.consultation": None,
    }
    if consultation is not None:
        values["section.consultation"] = _consultation(consultation)
    return Item(section.id, values)


def consultation_text(consultation: Consultation) -> str:
    """What is said about the remiss, in words."""
    if not consultation.held:
        reason = consultation.reason.strip()
        return f"Ärendet har inte remitterats. {reason}".strip()
    text = "Ärendet har remitterats."
    if consultation.deadline:
        text += f" Svar skulle lämnas senast den {long_date(consultation.deadline)}."
    return f"{text} {consultation.reason}".strip()


def _consultation(consultation: Consultation) -> Group:
    rows = tuple(
        Item(
            x.id,
            {
                "consultee.name": Text(x.name),
                "consultee.status": Text(x.status),
                "consultee.date": Text(x.answered.isoformat() if x.answered else "–"),
            },
        )
        for x in consultation.consultees
    )
    return Group(
        {
            "consultation.text": Rich(parse_text(consultation_text(consultation))),
            "consultation.table": Group({"consultees": Repeat(rows)}) if rows else None,
        }
    )


def link_text(link: CaseLink) -> str:
    """A connected case in one line."""
    text = f"Dnr\u00a0{unbroken(link.dnr)}"
    if link.title:
        text += f", {link.title}"
    return f"{text} ({link.kind})" if link.kind else text


def _links(content: ReportContent) -> Group | None:
    if not content.links:
        return None
    items = tuple(Item(x.id, {"link.text": Text(link_text(x))}) for x in content.links)
    return Group({"links.heading": Text(content.headings.links), "links.items": Repeat(items)})


def dissent_lead(dissent: Dissent) -> str:
    """Who dissents, with party, and where."""
    names = [f"{x.name} ({x.party})" if x.party else x.name for x in dissent.persons]
    where = f" i {dissent.body}" if dissent.body else ""
    return f"{DISSENT_WORDS.get(dissent.kind, dissent.kind)}{where} av {listed(names)}"


def _dissents(content: ReportContent) -> Group | None:
    if not content.dissents:
        return None
    items = tuple(
        Item(
            x.id,
            {
                "dissent.lead": Text(dissent_lead(x)),
                "dissent.points": Repeat(
                    tuple(Item(y.id, {"dissent.point": Text(y.text)}) for y in x.proposal)
                ),
                "dissent.body": Rich(parse_html(x.html)),
            },
        )
        for x in content.dissents
    )
    note = next((x.note for x in content.dissents if x.note), "")
    return Group(
        {
            "dissents.heading": Text(content.headings.dissents),
            "dissents.note": Text(note),
            "dissents.items": Repeat(items),
        }
    )


def _attachments(content: ReportContent) -> Group | None:
    if not content.attachments:
        return None
    items = tuple(Item(x.id, {"attachment.text": Text(x.text)}) for x in content.attachments)
    return Group(
        {
            "attachments.heading": Text(content.headings.attachments),
            "attachments.items": Repeat(items),
        }
    )
