# SPDX-License-Identifier: EUPL-1.2
"""What keeps a report from becoming a document, each thing by the name that the writer knows.

A document goes out under the city's name: what the reader looks for and does not find is missed
when it is too late. So nothing mandatory is left out in silence (R60, R61, R65).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext as _

from docgen import content as c
from docgen.engine.errors import DocumentError
from docgen.engine.ooxml import illegal_characters
from docgen.sections import has_text, is_opinion, is_preparation


class IncompleteReport(DocumentError):
    """The report lacks what every document of its kind must have."""


def require_complete(content: c.ReportContent) -> None:
    """Raise :class:`IncompleteReport` with all that is missing, in one sentence."""
    missing = obstacles(content)
    if missing:
        raise IncompleteReport(
            _("Dokumentet kan inte skapas ännu. Det här saknas eller är fel: %(what)s.")
            % {"what": "; ".join(missing)}
        )


def obstacles(content: c.ReportContent) -> tuple[str, ...]:
    """All that is missing or cannot be written, in the order of the document."""
    return (*_head(content), *_decisions(content), *_body(content), *_characters(content))


def _head(content: c.ReportContent) -> Iterator[str]:
    for there, name in (
        (content.administration, _("förvaltning (avsändare)")),
        (any(x.strip() for x in content.dnr), _("diarienummer")),
        (content.date, _("datum")),
        (content.officers, _("handläggare")),
        (content.recipients, _("mottagare")),
        (content.title, _("ärendets rubrik")),
    ):
        if not (there.strip() if isinstance(there, str) else there):
            yield name
    if any(not x.name.strip() for x in content.officers):
        yield _("handläggarens namn")
    if any(not x.name.strip() for x in content.recipients):
        yield _("mottagarens namn")


def _decisions(content: c.ReportContent) -> Iterator[str]:
    if not content.decisions:
        yield _("förslag till beslut")
    for group in content.decisions:
        who = group.body.strip() or group.lead.strip()
        if not who:
            yield _("vem som beslutar")
        if not group.points:
            yield _("beslutspunkter för %(body)s") % {"body": who}
        for number, point in enumerate(group.points, start=1):
            if not point.text.strip():
                yield _("beslutspunkt %(number)s för %(body)s (den är tom)") % {
                    "number": number,
                    "body": who,
                }
    if not any(x.name.strip() for x in content.signatories):
        yield _("underskrift")


def _body(content: c.ReportContent) -> Iterator[str]:
    if not content.sections:
        yield _("avsnitt")
    if any(not x.heading.strip() for x in content.sections):
        yield _("rubrik på ett avsnitt")
    if not any(is_preparation(x) for x in content.sections):
        yield _("avsnittet Ärendets beredning")
    if content.consultation is None:
        yield _("remiss, eller skälet till att ingen hålls (anges på ärendets sida)")
    elif not content.consultation.held and not content.consultation.reason.strip():
        yield _("skälet till att ärendet inte har remitterats (anges på ärendets sida)")
    opinions = [x for x in content.sections if is_opinion(x)]
    if not opinions:
        yield _("avsnittet med förvaltningens synpunkter")
    elif not any(has_text(content.sections, x) for x in opinions):
        yield _("text under ”%(heading)s”") % {"heading": opinions[0].heading}


def _characters(content: c.ReportContent) -> Iterator[str]:
    for name, text in _texts(content):
        found = illegal_characters(text)
        if found:
            yield _("%(where)s har ett tecken som inte går att skriva ut (%(which)s)") % {
                "where": name,
                "which": ", ".join(found),
            }


def _texts(content: c.ReportContent) -> Iterator[tuple[str, str]]:
    yield _("rubriken"), content.title
    yield _("slaget av ärende"), content.kind_line
    yield _("avsändaren"), content.administration + content.department
    for officer in content.officers:
        yield _("handläggaren"), officer.name + officer.phone + officer.email
    for recipient in content.recipients:
        yield _("mottagaren"), recipient.name
    for group in content.decisions:
        yield _("beslutsförslaget"), group.body + group.lead + "".join(x.text for x in group.points)
    for signatory in content.signatories:
        yield _("underskriften"), signatory.name + signatory.title
    for section in content.sections:
        yield f"”{section.heading}”", section.heading + unescape(section.html)
    for attachment in content.attachments:
        yield _("bilagan"), attachment.text
