# SPDX-License-Identifier: EUPL-1.2
"""Snippets: the two lines of a document where the query's words stand closest, hits marked.

Everything but the marks is escaped, so the result is safe to show as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from search.text.keys import keys_in
from search.text.parts import parts_of
from search.text.query import ParsedQuery, Why
from search.text.stems import stem
from search.text.tokens import Word, forms, tidy, words

LENGTH = 240
#: How much of a long text is looked through for the best place.
SEARCHED = 30_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A hit in a text, and how it came about (None: the very word that was typed)."""

    start: int
    end: int
    stem: str
    why: Why | None


class Marker:
    """Finds the words of one query in texts."""

    def __init__(self, query: ParsedQuery) -> None:
        significant = (*query.significant, *query.compounds)
        self.typed = {term.surface for term in significant}
        self.stems = {term.stem for term in significant}
        self.repaired = {spelling.stem for term in significant for spelling in term.spellings[1:]}
        self.keys = {key.text for key in query.keys}
        #: Repaired stems that were seen, and the word that stood there.
        self.read_as: dict[str, str] = {}

    def marks(self, text: str) -> list[Mark]:
        """Return the hits in *text*, in order."""
        found = [mark for word in words(text) if (mark := self._mark(word))]
        for key in keys_in(text) if self.keys else ():
            if key.text in self.keys and key.end > key.start:
                found.append(Mark(key.start, key.end, key.text, Why.NUMBER))
        return sorted(found, key=lambda mark: (mark.start, -mark.end))

    def _mark(self, word: Word) -> Mark | None:
        surface = word.text
        for form in forms(surface):
            root = stem(form)
            if root in self.stems:
                exact = form in self.typed or surface in self.typed
                return Mark(word.start, word.end, root, None if exact else Why.INFLECTION)
            if root in self.repaired:
                self.read_as.setdefault(root, form)
                return Mark(word.start, word.end, root, Why.SPELLING)
        for part in parts_of(surface):
            if part in self.stems:
                return Mark(word.start, word.end, part, Why.PART)
        return None


def highlight(text: str, marks: list[Mark]) -> str:
    """Return *text* as safe HTML with its hits in <mark>."""
    out: list[str] = []
    position = 0
    for mark in marks:
        if mark.start < position:
            continue
        out.append(escape(text[position : mark.start]))
        out.append(f"<mark>{escape(text[mark.start : mark.end])}</mark>")
        position = mark.end
    out.append(escape(text[position:]))
    return "".join(out)


def snippet(text: str, marker: Marker, length: int = LENGTH) -> tuple[str, list[Mark]]:
    """Return the best place of *text* as safe HTML, and the hits that stand in it."""
    flat = " ".join(tidy(text[:SEARCHED]).split())
    marks = marker.marks(flat)
    start, end = _window(flat, marks, length)
    inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
    moved = [Mark(m.start - start, m.end - start, m.stem, m.why) for m in inside]
    shown = highlight(flat[start:end], moved)
    return f"{'… ' if start else ''}{shown}{' …' if end < len(flat) else ''}", inside


def _window(text: str, marks: list[Mark], length: int) -> tuple[int, int]:
    """Return the stretch with the most different hits, cut at spaces."""
    if len(text) <= length:
        return 0, len(text)
    best, start = (0, 0), 0
    for index, mark in enumerate(marks):
        within = [m for m in marks[index : index + 40] if m.end <= mark.start + length * 0.8]
        value = (len({m.stem for m in within}), len(within))
        if value > best:
            best, start = value, mark.start
    start = max(0, min(start - length // 8, len(text) - length))
    if start:
        start = text.find(" ", start) + 1
    end = text.rfind(" ", start, start + length + 1) if start + length < len(text) else len(text)
    return start, end if end > start else min(len(text), start + length)
