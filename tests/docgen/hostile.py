# SPDX-License-Identifier: EUPL-1.2
"""Reports full of what people paste, and what a document shows of them (issue 7)."""

from __future__ import annotations

import itertools
import os
import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from html import escape, unescape

from docgen.content import (
    Attachment,
    CaseLink,
    Consultation,
    Consultee,
    DecisionGroup,
    DecisionPoint,
    Officer,
    Recipient,
    ReportContent,
    Section,
    Signatory,
    to_json,
)
from docgen.engine.ooxml import run_text, w
from docgen.engine.package import Package
from docgen.engine.render import story_parts

# What any program that reads pages can be asked to give back.
PLAIN = (
    "& < > \" ' ]]> &#x41; &amp; <b>x</b> <!-- --> <?x?>",
    "{{ titel }} {% if x %} ${x} «fält» <<fält>> </w:t></w:r>",
    "å ä ö Å Ä Ö é ü ß ø Ł č ğ",
    "a\u030a o\u0308 e\u0301 n\u0303",  # letter and mark apart
    "rad ett\nrad två\n\nrad fyra",
    "Att bevilja 100 kr till A\nAtt avslå B",
    "mjukt\u00adbindestreck fast\u00a0mellanslag smalt\u202f1\u202f000",
    "e-tjänst IT-rådet KF-beslut x-y -a",
    "≤ ≥ ≠ × ÷ ½ ² ³ ™ § ¶ € £ – — … ” ’ „ “",
    "ord\tmed\ttabb",
    "x" * 120,
    "  luft  på  alla  håll  ",
    "Ω Σ λ Ж щ я",
    "C:\\mapp\\fil.docx %s %(x)s %%",
    "=HYPERLINK(1) +1 -1 @x",
)
# What is kept in the file, but drawn or read out in other orders and shapes.
STRANGE = (
    "שלום عربى \u202eomvänt\u202c",
    "😀 👩\u200d🚒 🏳️\u200d🌈 𝔘𝔫𝔦",
    "z\u0336\u0321\u0335a\u0337l\u0338g\u0334o\u0336" * 4,
    "noll\u200bbredd foga\u200dihop \ufeff märke",
    "rad\u2028skiljare stycke\u2029skiljare",
    "漢字 かな 한글 ไทย",
    "\ue000\uf8ff \U000f0000 \ufffd \u0085",
    "fi fl ffi ﬁ ﬂ",
    "b- 031-3884/2007",  # what reads PDFs takes a hyphen at the end of a line for a parted word
)
_LINKS = ("https://example.org/?a=1&b=å", "mailto:a@b.example", "tel:+468123", "javascript:x", "#x")


def how_many(usual: int) -> int:
    """Reports in a test that other programs take part in; HOSTILE_REPORTS=240 takes all of them."""
    return int(os.environ.get("HOSTILE_REPORTS", usual))


def contents(many: int, *, strings: tuple[str, ...] = PLAIN + STRANGE) -> Iterator[ReportContent]:
    """Reports whose every text is one of the strings; the same ones each time."""
    chance = random.Random(7)
    for number in range(many):
        yield _content(number, chance, strings)


def _content(number: int, chance: random.Random, strings: tuple[str, ...]) -> ReportContent:
    count = itertools.count()

    def text() -> str:
        # A mark of its own makes each text findable.
        return f"q{next(count)}z {chance.choice(strings)} z{number}q"

    def line() -> str:
        return re.sub(r"\s+", " ", text())

    def html(depth: int = 0) -> str:
        inner = escape(text(), quote=False).replace("\n", "<br/>")
        kind = chance.randrange(7)
        if kind == 0:
            return f"<p><b>{inner}</b> och <i>{escape(text(), quote=False)}</i></p>"
        if kind == 1:
            link = escape(chance.choice(_LINKS))
            return f'<p><a href="{link}">{inner}</a></p>'
        if kind == 2 and depth < 12:
            return f"<ol><li>{inner}{html(depth + 1)}</li><li>{escape(line())}</li></ol>"
        if kind == 3:
            rows = "".join(f"<tr><td>{escape(line())}</td><td>{n}</td></tr>" for n in range(3))
            return f"<table><tbody>{rows}</tbody></table>"
        if kind == 4:
            return f"<div>{inner}</div><div>{escape(line())}</div>"
        if kind == 5:
            return f"<h3>{escape(line())}</h3><p>{inner}</p>"
        return f"<p>{inner}</p>"

    def some(most: int) -> range:
        return range(chance.randrange(1, most + 1))

    return ReportContent(
        title=line(),
        dnr=tuple(f"KS 2026/{n + 1}" for n in some(3)),
        administration=line(),
        department=line(),
        date=date(2026, 11, 23),
        kind_line=line(),
        officers=tuple(Officer(f"o{n}", line(), line(), line()) for n in some(2)),
        recipients=tuple(Recipient(f"r{n}", line()) for n in some(2)),
        decisions=tuple(
            DecisionGroup(
                f"d{n}", line(), tuple(DecisionPoint(f"p{n}{m}", text()) for m in some(4)), text()
            )
            for n in some(3)
        ),
        signatories=tuple(Signatory(f"s{n}", line(), line()) for n in some(3)),
        sections=tuple(
            Section(f"a{n}", line(), "".join(html() for _ in some(4)), 1, key)
            for n, key in enumerate(("summary", "preparation", "opinion"))
        ),
        consultation=Consultation(
            True, text(), None, tuple(Consultee(f"c{n}", line(), line()) for n in some(5))
        ),
        links=tuple(CaseLink(f"l{n}", "KS 2025/7", line(), line()) for n in some(2)),
        attachments=tuple(Attachment(f"b{n}", line()) for n in some(2)),
    )


def texts_of(content: ReportContent) -> list[str]:
    """Every marked text that the document must show, dress left out."""
    found = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(unescape(re.sub(r"<[^>]*>", " ", inner)) if key == "html" else inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, str):
            found.extend(re.findall(r"q\d+z .*? z\d+q", value, re.DOTALL))

    walk({key: value for key, value in to_json(content).items() if key != "decisions"})
    for group in content.decisions:
        walk([group.lead, *(point.text for point in group.points)])
    return found


def squeezed(text: str) -> str:
    """Without what breaks lines, and with one form for each letter."""
    plain = unicodedata.normalize("NFC", text).replace("\u2011", "-")
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+", "", plain)


def is_shown(text: str, squeezed_page: str) -> bool:
    """Whether a page shows a text; a soft hyphen at the end of a line is drawn as a hyphen."""
    pattern = "-?".join(re.escape(squeezed(part)) for part in text.split("\u00ad"))
    return re.search(pattern, squeezed_page) is not None


def shown_in_word(data: bytes) -> str:
    """All that the file's parts show, read without the engine's own reader of fields."""
    package = Package.read(data)
    return "\n".join(
        "".join(run_text(run) for run in paragraph.iter(w("r")))
        for part in story_parts(package)
        for paragraph in package.xml(part).iter(w("p"))
    )
