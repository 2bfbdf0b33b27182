# SPDX-License-Identifier: EUPL-1.2
"""The approved minutes of a meeting as one Word file, and an extract of them as another.

The minutes are the record of the body (KL 5:65–69), an extract is a record of its case. The
minutes' file is the same for all its readers, so of a case with secrecy it tells only that
there was one; what was decided in it stands in the extract that is registered in that case.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from casework.meetings.models import Decision, Dissent, Meeting
from casework.meetings.rendering import Paragraph, hours_of, paragraphs_of, people_of
from casework.meetings.selectors import decisions_in, disqualified_for
from casework.register.models import Case

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

A4 = (Mm(210), Mm(297))
"""The paper of the city's printers; the library's own is American."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def named_in(meeting: Meeting) -> list[Case]:
    """The cases that the file names: those decided in that carry no secrecy, in order."""
    cases: dict[int, Case] = {}
    for decision in decisions_in(meeting):
        if not decision.case.is_secret:
            cases[decision.case_id] = decision.case
    return list(cases.values())


def minutes_word(meeting: Meeting, named: Iterable[Case]) -> bytes:
    """The minutes as they stand now.

    Args:
        meeting: approved, with ``approved_on`` set.
        named: the cases that are told in full.
    """
    shown = {case.pk: case for case in named}
    decisions = list(decisions_in(meeting))
    acts = {act.decision.act: act for act in paragraphs_of(meeting, shown, decisions)}
    document = _begun(meeting)
    _heading(document, _("Närvarande"), 1)
    people = people_of(meeting, decisions)
    if not people:
        _text(document, _("Ingen närvaro antecknades."))
    for row in people:
        gone = "" if row.is_present else f" ({_('gick under mötet')})"
        _text(document, f"{row.user}, {row.get_role_display().lower()}{gone}", "List Bullet")
    for one in dict.fromkeys(row.act for row in decisions):
        rows = [row for row in decisions if row.act == one]
        hidden = sum(row.case_id not in shown for row in rows)
        if one in acts:
            _paragraph(document, acts[one], hidden)
        else:
            _heading(document, f"{rows[0].paragraph} {_secret(hidden)}", 1)
            _text(document, _("Beslutet står i ärendets protokollsutdrag."))
    if meeting.minutes:
        _heading(document, _("Anteckningar"), 1)
        _text(document, meeting.minutes)
    _heading(document, _("Justering"), 1)
    who = [str(each) for each in (meeting.chair, meeting.approved_by) if each]
    day = meeting.approved_on.isoformat() if meeting.approved_on else ""
    _text(document, ": ".join(filter(None, [f"{_('Justerat')} {day}", ", ".join(who)])))
    return _saved(document)


def extract_word(decision: Decision) -> bytes:
    """An extract of the minutes for one decision; the words are those of its text."""
    case = decision.case
    day = decision.day.isoformat() if decision.day else _("okänd dag")
    title = f"{_('Protokollsutdrag')} {decision.paragraph}".rstrip()
    document = _titled(title, decision.body.name)
    _text(document, f"{decision.body.name}\n{day}")
    _heading(document, f"{case.dnr} {case.title}", 1)
    _heading(document, _("Beslut"), 2)
    if decision.lead:
        _text(document, decision.lead)
    _said(document, decision, 2)
    for row in disqualified_for(decision):
        who = {"who": row.user}
        _text(document, _("Jäv: %(who)s lämnade rummet och deltog inte i beslutet.") % who)
    for dissent in decision.dissents.prefetch_related("persons"):
        _dissent(document, dissent, "")
    return _saved(document)


def _titled(title: str, author: str) -> Document:
    """A file with its paper, its language and what it is called."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = A4
    properties = document.core_properties
    properties.title, properties.author = title, author
    properties.comments, properties.language = "", "sv-SE"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")
    _heading(document, title, 0)
    return document


def _saved(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _begun(meeting: Meeting) -> Document:
    """The minutes' file with where and when the body met."""
    title = _("Protokoll: %(meeting)s") % {"meeting": meeting}
    document = _titled(title, meeting.body.name)
    when = f"{meeting.day:%Y-%m-%d}"
    if hours := hours_of(meeting):
        when = _("%(day)s klockan %(times)s") % {"day": when, "times": hours}
    _text(document, "\n".join(filter(None, [meeting.body.name, when, meeting.place])))
    return document


def _paragraph(document: Document, act: Paragraph, hidden: int) -> None:
    decision = act.decision
    names = [f"{case.dnr} {case.title}" for case in act.cases]
    if len(names) == 1:
        _heading(document, f"{decision.paragraph} {names[0]}", 1)
    else:
        _heading(document, decision.paragraph, 1)
        for name in names:
            _text(document, name, "List Bullet")
    if hidden:
        _text(document, _("Beslutet gäller också: %(what)s.") % {"what": _secret(hidden).lower()})
    _heading(document, _("Beslut"), 2)
    if decision.lead:
        _text(document, decision.lead)
    if decision.overall:
        _heading(document, _("Yttrande om helheten"), 3)
        for part in decision.overall.splitlines():
            if part.strip():
                _text(document, part.strip())
    for case, own in act.own:
        _heading(document, f"{case.dnr} {case.title}", 3)
        _said(document, own, 4)
    if not act.own:
        _said(document, decision, 2)
    for row in act.disqualified:
        _text(
            document,
            _("Jäv: %(who)s lämnade rummet för %(dnr)s och deltog inte i beslutet.")
            % {"who": row.user, "dnr": row.case.dnr},
        )
    if act.absent:
        _text(document, f"{_('Inte i rummet:')} {', '.join(act.absent)}")
    for dissent in act.dissents:
        where = f" {dissent.decision.case.dnr}" if len(act.cases) > 1 else ""
        _dissent(document, dissent, where)


def _dissent(document: Document, dissent: Dissent, where: str) -> None:
    _heading(document, f"{dissent.get_kind_display()}{where}: {dissent.who}", 2)
    for number, point in enumerate(dissent.proposal_points, start=1):
        _text(document, f"{number}. {point}")
    if dissent.statement:
        _text(document, dissent.statement)


def _said(document: Document, decision: Decision, level: int) -> None:
    for point in decision.points.all():
        _text(document, f"{point.position}. {point.text}")
    if decision.reason:
        _heading(document, _("Skäl"), level)
        _text(document, decision.reason)


def _secret(count: int) -> str:
    if count == 1:
        return _("Ett ärende med sekretess")
    return _("%(count)s ärenden med sekretess") % {"count": count}


def _heading(document: Document, text: str, level: int) -> None:
    document.add_heading(_UNWRITABLE.sub("", text), level)


def _text(document: Document, text: str, style: str | None = None) -> None:
    document.add_paragraph(_UNWRITABLE.sub("", text), style)
