# SPDX-License-Identifier: EUPL-1.2
"""The editor's HTML as a flat list of blocks, and back again.

Only what the editor offers is let through: paragraphs, sub-headings, two kinds of lists, bold,
italic and links to the web, an address or a telephone. Everything else keeps its text and loses
its dress.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Literal
from urllib.parse import quote, urlsplit

import nh3

from docgen.engine.ooxml import clean_text

BlockKind = Literal["p", "h", "ul", "ol"]
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br"}
# What the editor does not make but other programs paste or import: kept through the cleaning so
# that the words on both sides are not glued together.
_FOREIGN = {
    "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h5", "h6", "header", "hr", "main", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_CELLS = ("td", "th")
# Between the cells of a row: wider than a space, and not taken for one.
_BETWEEN = "\u2003"
_BLANK = re.compile("[ \t\n\f]+")
_SAFE = ":/?#[]@!$&'()*+,;=%~"
_DEEPEST = 8  # Word's lists have nine levels


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one dress; a newline in it is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a sub-heading or one point of a list.

    ``level`` is the depth of a list point or the rank of a sub-heading, from 0. ``list_no`` tells
    the lists of one text apart, so that each numbered list starts at one.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    list_no: int = 0

    @property
    def text(self) -> str:
        """The words without dress."""
        return "".join(run.text for run in self.runs)


def safe_href(href: str) -> str:
    """The address when a document may link to it, else an empty string.

    Other letters than ASCII are percent-encoded, as a relation's target must be.
    """
    href = clean_text(href).strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or any(x.isspace() for x in href):
        return ""
    if parts.scheme.lower() in ("mailto", "tel"):
        return quote(href, safe=_SAFE) if parts.path else ""
    return quote(href, safe=_SAFE) if parts.netloc else ""


def tidy_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours in the same dress, drop empty runs, trim the block's ends."""
    joined: list[Run] = []
    for dress, group in groupby(
        (run for run in runs if run.text), key=lambda run: (run.bold, run.italic, run.href)
    ):
        joined.append(Run("".join(run.text for run in group), *dress))
    # Blank ends are nothing that a reader sees, and editors differ in what they leave there.
    while joined and not joined[0].text.lstrip(" \n"):
        joined.pop(0)
    while joined and not joined[-1].text.rstrip(" \n"):
        joined.pop()
    if joined:
        first = joined[0]
        joined[0] = Run(first.text.lstrip(" \n"), first.bold, first.italic, first.href)
        last = joined[-1]
        joined[-1] = Run(last.text.rstrip(" \n"), last.bold, last.italic, last.href)
    return tuple(joined)


class _Reader(HTMLParser):
    """Walks the cleaned HTML and collects blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._lists: list[tuple[BlockKind, int]] = []
        self._list_count = 0
        self._heading: int | None = None
        self._bold = 0
        self._italic = 0
        self._hrefs: list[str] = []

    def finish(self) -> tuple[Block, ...]:
        """Close the last block and hand over."""
        self.close()
        self._flush()
        return tuple(self.blocks)

    def _flush(self) -> None:
        runs = tidy_runs(self._runs)
        self._runs = []
        if not runs:
            return
        if self._heading is not None:
            plain = tuple(Run(run.text, href=run.href) for run in runs)
            self.blocks.append(Block("h", tidy_runs(plain), self._heading))
        elif self._lists:
            kind, number = self._lists[-1]
            level = min(len(self._lists) - 1, _DEEPEST)
            self.blocks.append(Block(kind, runs, level, number))
        else:
            self.blocks.append(Block("p", runs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a list or a dress."""
        if tag in ("ul", "ol"):
            self._flush()
            self._list_count += 1
            self._lists.append(("ol" if tag == "ol" else "ul", self._list_count))
        elif tag == "br":
            self._runs.append(Run("\n"))
        elif tag in ("b", "strong"):
            self._bold += 1
        elif tag in ("i", "em"):
            self._italic += 1
        elif tag == "a":
            self._hrefs.append(safe_href(dict(attrs).get("href") or ""))
        elif tag in ("h2", "h3", "h4"):
            self._flush()
            self._heading = max(0, int(tag[1]) - 3)
        elif tag in _CELLS:
            if self._runs:
                self._runs.append(Run(_BETWEEN))
        else:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        if tag in ("ul", "ol"):
            self._flush()
            if self._lists:
                self._lists.pop()
        elif tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)
        elif tag in ("i", "em"):
            self._italic = max(0, self._italic - 1)
        elif tag == "a":
            if self._hrefs:
                self._hrefs.pop()
        elif tag in ("h2", "h3", "h4"):
            self._flush()
            self._heading = None
        elif tag not in ("br", *_CELLS):
            self._flush()

    def handle_data(self, data: str) -> None:
        """Text, with white space as HTML reads it (no-break spaces kept)."""
        text = _BLANK.sub(" ", clean_text(data))
        previous = self._runs[-1].text if self._runs else " "
        if previous[-1] in " \n":
            text = text.lstrip(" ")
        if text:
            href = self._hrefs[-1] if self._hrefs else ""
            self._runs.append(Run(text, bool(self._bold), bool(self._italic), href))


def parse_html(html: str) -> tuple[Block, ...]:
    """Blocks of what the editor saved, cleaned."""
    reader = _Reader()
    reader.feed(
        nh3.clean(
            clean_text(html),
            tags=_TAGS | _FOREIGN,
            attributes={"a": {"href"}},
            url_schemes=set(SCHEMES),
            link_rel=None,
        )
    )
    return reader.finish()


def parse_text(text: str) -> tuple[Block, ...]:
    """Blocks of plain text: an empty line parts paragraphs."""
    pieces = re.split(r"\n\s*\n", clean_text(text))
    blocks = (Block("p", tidy_runs([Run(piece)])) for piece in pieces)
    return tuple(block for block in blocks if block.runs)


def _runs_html(runs: Iterable[Run]) -> str:
    parts = []
    for run in runs:
        html = escape(run.text, quote=False).replace("\n", "<br/>")
        if run.italic:
            html = f"<i>{html}</i>"
        if run.bold:
            html = f"<b>{html}</b>"
        if run.href:
            html = f'<a href="{escape(run.href)}">{html}</a>'
        parts.append(html)
    return "".join(parts)


def to_html(blocks: Iterable[Block]) -> str:
    """The editor's HTML of the blocks: one spelling for equal content."""
    out: list[str] = []
    open_lists: list[tuple[BlockKind, int]] = []

    def close(depth: int) -> None:
        while len(open_lists) > depth:
            kind, _ = open_lists.pop()
            out.append(f"</li></{kind}>")

    for block in blocks:
        body = _runs_html(block.runs)
        if block.kind not in ("ul", "ol"):
            close(0)
            name = "p" if block.kind == "p" else f"h{min(block.level + 3, 4)}"
            out.append(f"<{name}>{body}</{name}>")
            continue
        me = (block.kind, block.list_no)
        close(block.level + 1)
        if len(open_lists) == block.level + 1:
            if open_lists[-1] == me:
                out.append(f"</li><li>{body}")
                continue
            close(block.level)
        # A level that was jumped over gets an empty point, as a browser would show it.
        while len(open_lists) < block.level:
            out.append(f"<{block.kind}><li>")
            open_lists.append((block.kind, -1 - len(open_lists)))
        out.append(f"<{block.kind}><li>{body}")
        open_lists.append(me)
    close(0)
    return "".join(out)


def normalise_html(html: str) -> str:
    """The one spelling of equal content: what read-back compares with."""
    return to_html(parse_html(html))
