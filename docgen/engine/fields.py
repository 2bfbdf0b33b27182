# SPDX-License-Identifier: EUPL-1.2
"""Word fields: finding them, and writing the result that is shown before Word recounts."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.engine.ooxml import Element, attribute, make, w

# Fields whose result Word computes by itself whenever it lays pages out.
SELF_UPDATING = frozenset({"PAGE", "NUMPAGES"})


@dataclass(slots=True)
class WordField:
    """One field: its code, the runs that show its result, and whether it ends."""

    code: str = ""
    result: list[Element] = field(default_factory=list)
    ended: bool = False
    where: Element | None = None
    simple: bool = False

    @property
    def name(self) -> str:
        """``PAGE``, ``NUMPAGES``…"""
        words = self.code.split()
        return words[0].upper() if words else ""


def find_fields(root: Element) -> list[WordField]:
    """All fields of a part, in order; those that never end are among them."""
    found: list[WordField] = []
    for simple in root.iter(w("fldSimple")):
        found.append(
            WordField(
                attribute(simple, "instr") or "", list(simple.iter(w("r"))), True, simple, True
            )
        )
    stack: list[tuple[WordField, bool]] = []
    for run in root.iter(w("r")):
        for child in run:
            if child.tag == w("fldChar"):
                kind = attribute(child, "fldCharType")
                if kind == "begin":
                    entry = WordField(where=run)
                    found.append(entry)
                    stack.append((entry, False))
                elif kind == "separate" and stack:
                    stack[-1] = (stack[-1][0], True)
                elif kind == "end" and stack:
                    stack.pop()[0].ended = True
                elif kind in ("separate", "end"):
                    found.append(WordField(where=run))
            elif child.tag == w("instrText") and stack:
                stack[-1][0].code += child.text or ""
            elif child.tag == w("t") and stack and stack[-1][1]:
                stack[-1][0].result.append(run)
    return found


def write_result(entry: WordField, text: str) -> None:
    """Show ``text`` as the field's result."""
    if not entry.result:
        if entry.simple and entry.where is not None:
            shown = make("t")
            shown.text = text
            entry.where.append(make("r", shown))
        return
    for position, run in enumerate(entry.result):
        for element in run.findall(w("t")):
            element.text = text if position == 0 else ""
