# SPDX-License-Identifier: EUPL-1.2
"""A template is tried out before it is taken into use: filled, and read back as a returned file is.

What a check of the template by itself cannot see shows here: text that does not arrive in the
document, or that the reader does not find again. Plain Python without Django, since a template is
a file from outside: ``python -m docgen.trial`` is the child process that opens it, checks it and
tries it out, with the file on standard input.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from casework.register.gate import limit_this_process
from docgen import content as c
from docgen.engine import controls
from docgen.engine.check import check_template
from docgen.engine.errors import DocumentError
from docgen.engine.faults import Fault
from docgen.engine.package import Package
from docgen.engine.reader import CPU_SECONDS, MEMORY_BYTES, read_document
from docgen.engine.render import render, story_parts
from docgen.engine.values import Group, Meta, Repeat, Rich, Text, Value
from docgen.layout import FIELDS, LABELS, READING, report_values

_ODD = "a & b < c > d \"e\" 'f' – e-tjänst, 1\u00a0250 tkr, å\u0308 😀"

#: As little as a report may hold: one of each, and nothing that may be left out.
SMALLEST = c.ReportContent(
    title="En fråga",
    dnr=("KS 2026/1",),
    administration="Stadsledningskontoret",
    date=dt.date(2026, 11, 23),
    officers=(c.Officer("o1", "Kim Ek"),),
    recipients=(c.Recipient("r1", "Kommunstyrelsen"),),
    decisions=(c.DecisionGroup("d1", "Kommunstyrelsen", (c.DecisionPoint("p1", "Bifalls."),)),),
    signatories=(c.Signatory("s1", "Robin Berg"),),
    sections=(c.Section("a1", "Ärendets beredning", "<p>Beredd.</p>", 1, "preparation"),),
    consultation=c.Consultation(False, "Frågan är intern."),
)
#: Several of everything, in letters and lines that are easily lost.
FULL = c.ReportContent(
    title=f"En fråga om {_ODD}",
    dnr=("KS 2026/12", "KS 2026/15"),
    administration="Stadsledningskontoret",
    department="Avdelningen för utveckling",
    date=dt.date(2026, 11, 23),
    kind_line="Svar på remiss",
    officers=(
        c.Officer("o1", "Åsa Öberg", "08-508 29 000", "asa@a.example"),
        c.Officer("o2", "Kim Ek", "08-508 29 001", "kim@a.example"),
    ),
    recipients=(
        c.Recipient("r1", "Kommunstyrelsen", dt.date(2026, 12, 9)),
        c.Recipient("r2", "Tekniska nämnden", dt.date(2026, 12, 10)),
    ),
    decisions=(
        c.DecisionGroup(
            "d1",
            "Kommunfullmäktige",
            (c.DecisionPoint("p1", f"Införs: {_ODD}"), c.DecisionPoint("p2", "Rad\nandra raden")),
            "Kommunstyrelsen föreslår kommunfullmäktige besluta följande",
        ),
        c.DecisionGroup("d2", "Kommunstyrelsen", (c.DecisionPoint("p3", "Medel anvisas."),)),
    ),
    signatories=tuple(c.Signatory(f"s{n}", f"Namn {n}", f"Titel {n}") for n in range(1, 4)),
    sections=(
        c.Section("a1", "Sammanfattning", "<p>Kort <b>och</b> <i>gott</i>.</p>"),
        c.Section(
            "a2",
            "Bakgrund",
            "<p>Före.</p><ol><li>ett</li><li>två<ul><li>under</li></ul></li></ol>"
            '<p><a href="https://example.org/?a=1&amp;b=2">länk</a></p><h3>Mellanrubrik</h3>'
            "<p>Efter.</p>",
        ),
        c.Section("a3", "Underrubrik", "<p>Text.</p>", 2),
        c.Section("a4", "Ärendets beredning", "<p>Beredd.</p>", 1, "preparation"),
    ),
    consultation=c.Consultation(
        True,
        "",
        dt.date(2026, 9, 1),
        (
            c.Consultee("c1", "Socialnämnden", "Har svarat", dt.date(2026, 8, 30)),
            c.Consultee("c2", "Kulturnämnden", "Har inte svarat"),
        ),
    ),
    links=(c.CaseLink("l1", "KS 2025/7", "Förstudie", "fortsätter"),),
    dissents=(
        c.Dissent(
            "e1",
            "reservation",
            "kommunstyrelsen",
            (c.Dissenter("Kim Lund", "s"), c.Dissenter("Alex Ek", "m")),
            (c.DecisionPoint("q1", "Avslås."),),
            "<p>För dyrt.</p>",
            "Vid sammanträdet",
        ),
    ),
    attachments=(c.Attachment("b1", "Kalkyl"), c.Attachment("b2", "Riskanalys")),
)


def check(data: bytes) -> list[Fault]:
    """All that is wrong with a template; one without faults is tried out too."""
    faults = check_template(data, FIELDS)
    if any(not fault.warning for fault in faults):
        return faults
    return [*faults, *try_out(data)]


def try_out(data: bytes) -> list[Fault]:
    """Fill the template with the smallest and a full report, and read both back."""
    faults: dict[str, Fault] = {}
    for content in (SMALLEST, FULL):
        try:
            lost = _lost(data, content)
        except DocumentError as error:
            return [_fault(f"Det går inte att fylla mallen: {error}")]
        except Exception as error:
            return [_fault(f"Det går inte att fylla mallen ({type(error).__name__}).")]
        for key in lost:
            faults[key] = _fault(
                f"Texten i fältet ”{key}” ({LABELS[key]}) kommer inte fram i dokumentet, eller går "
                "inte att läsa tillbaka ur det."
            )
    return list(faults.values())


def _fault(sentence: str) -> Fault:
    return Fault("trial", f"{sentence} (Mallen provkördes med ett exempel.)")


def _lost(data: bytes, content: c.ReportContent) -> list[str]:
    """The keys whose text is not read back as it was written."""
    values = report_values(content)
    moment = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    meta = Meta(title=content.title, creator="", created=moment, modified=moment)
    package = Package.read(data)
    used = {
        controls.key_of(control)
        for part in story_parts(package)
        for control in controls.all_controls(package.xml(part))
    }
    reading = read_document(render(data, values, meta).data, READING)
    read = {(x.key, x.item, _squeezed(x.text)) for x in reading.fields}
    read |= {(x.key, "", _squeezed(x.text)) for x in reading.carriers}
    return [
        key
        for key, item, text in _texts(values, "")
        if key in used and text and (key, item, _squeezed(text)) not in read
    ]


def _texts(values: Mapping[str, Value], item: str) -> Iterator[tuple[str, str, str]]:
    for key, value in values.items():
        if isinstance(value, Text):
            yield key, item, value.value
        elif isinstance(value, Rich):
            yield key, item, "\n".join(block.text for block in value.blocks)
        elif isinstance(value, Group):
            yield from _texts(value.values, item)
        elif isinstance(value, Repeat):
            for each in value.items:
                yield from _texts(each.values, each.id)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def to_json(faults: list[Fault]) -> list[dict[str, Any]]:
    """What the child tells: the element in the file's tree stays with it."""
    return [
        {"code": x.code, "message": x.message, "part": x.part, "warning": x.warning} for x in faults
    ]


def main() -> int:
    """Check the file on standard input and answer with its faults."""
    limit_this_process(MEMORY_BYTES, CPU_SECONDS)
    try:
        faults = check(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        faults = [Fault("unusable", "Filen är för tung att läsa.")]
    json.dump(to_json(faults), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
