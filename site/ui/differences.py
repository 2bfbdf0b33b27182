# SPDX-License-Identifier: EUPL-1.2
"""What changed in a text, word for word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")

COMPARED = 400_000
"""Words of the one times words of the other that are compared; a tenth of a second at most."""


def _steps(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """How one list becomes the other; what is too much to compare is shown as replaced.

    The comparison costs as much as the two lengths multiplied, and one of them comes from outside.
    """
    first = 0
    shorter = min(len(before), len(after))
    while first < shorter and before[first] == after[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    if len(old) * len(new) > COMPARED:
        middle = [("replace", 0, len(old), 0, len(new))]
    else:
        middle = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    shifted = [(kind, a + first, b + first, c + first, d + first) for kind, a, b, c, d in middle]
    end, other = len(before) - last, len(after) - last
    return [
        ("equal", 0, first, 0, first),
        *shifted,
        ("equal", end, len(before), other, len(after)),
    ]


def marked(before: str, after: str) -> SafeString:
    """The text with what went away and what came marked, word for word."""
    old_words, new_words = _PIECES.findall(before), _PIECES.findall(after)
    out = []
    for kind, a, b, c, d in _steps(old_words, new_words):
        old, new = escape("".join(old_words[a:b])), escape("".join(new_words[c:d]))
        if kind == "equal":
            out.append(old)
            continue
        if old:
            out.append(format_html("<del>{}</del>", old))
        if new:
            out.append(format_html("<ins>{}</ins>", new))
    return mark_safe("".join(out))  # noqa: S308  every piece is escaped above
