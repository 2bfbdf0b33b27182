# SPDX-License-Identifier: EUPL-1.2
"""How the reports' pages show differences."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from docgen.engine.richtext import parse_html
from docgen.layout import LABELS

register = template.Library()
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
#: Words of the one times words of the other that are compared; a tenth of a second at most.
COMPARED = 400_000
_MARKS = {"ol": "1. ", "ul": "• ", "h": "", "p": ""}


def _plain(text: str, is_html: bool) -> str:
    if not is_html:
        return text
    blocks = parse_html(text)
    return "\n".join("  " * block.level + _MARKS[block.kind] + block.text for block in blocks)


_PLACES = {
    "header-first": _lazy("sidhuvudet på första sidan"),
    "header-default": _lazy("sidhuvudet på följande sidor"),
    "header-even": _lazy("sidhuvudet på jämna sidor"),
    "footer-first": _lazy("sidfoten på första sidan"),
    "footer-default": _lazy("sidfoten på följande sidor"),
    "footer-even": _lazy("sidfoten på jämna sidor"),
    "store": _lazy("de dolda uppgifter som Word visar i fälten"),
    "core": _lazy("filens egenskaper"),
    "property": _lazy("filens egenskap InitiativDnr"),
}
_REMARKS = {
    "again": _lazy("Samma fil har lämnats in förut. Det som redan är infört visas inte igen"),
    "partial": _lazy(
        "Filen har förlorat många av sina fält. Avsnitten är lästa efter rubrikerna; det som inte "
        "hittades räknas inte som borttaget"
    ),
    "inserted": _lazy("Spårat tillägg som ingen har tagit ställning till"),
    "deleted": _lazy("Spårad borttagning som ingen har tagit ställning till"),
    "redressed": _lazy("Spårad ändring av utseendet"),
    "comment": _lazy("Kommentar"),
    "footnote": _lazy("Fotnot eller slutnot, som inte kan föras in"),
    "picture": _lazy("Bild, som inte kan föras in"),
    "textbox": _lazy("Textruta, som inte kan föras in"),
    "table": _lazy("Tabell, som inte kan föras in som tabell"),
    "equation": _lazy("Formel, som inte kan föras in"),
    "symbol": _lazy("Tecken ur ett symboltypsnitt, som inte kan föras in"),
    "underlined": _lazy("Understruken text, som förs in utan understrykning"),
    "struck": _lazy("Genomstruken text, som förs in utan strecket"),
    "hidden": _lazy("Dold text, som förs in som vanlig text"),
}


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


@register.simple_tag
def difference(change: dict[str, Any]) -> SafeString:
    """One text with what went away and what came marked, word for word."""
    before = _PIECES.findall(_plain(change["before"], change["is_html"]))
    after = _PIECES.findall(_plain(change["after"], change["is_html"]))
    out = []
    for kind, a, b, c, d in _steps(before, after):
        old, new = escape("".join(before[a:b])), escape("".join(after[c:d]))
        if kind == "equal":
            out.append(old)
            continue
        if old:
            out.append(format_html("<del>{}</del>", old))
        if new:
            out.append(format_html("<ins>{}</ins>", new))
    if change["is_html"] and "".join(before) == "".join(after):
        out.append(format_html(" <em>{}</em>", _("(bara utseendet har ändrats)")))
    return mark_safe("".join(out))  # noqa: S308  every piece is escaped above


@register.filter
def as_plain(text: str, is_html: bool) -> str:
    """A field's text as people read it."""
    return _plain(text, is_html)


@register.filter
def place_words(places: list[str]) -> str:
    """The places beside the body, in words."""
    return ", ".join(str(_PLACES.get(x, x)) for x in places)


@register.filter
def remark_words(remark: dict[str, str]) -> str:
    """What a remark is about, and the field where it stands."""
    words = str(_REMARKS.get(remark["kind"], remark["kind"]))
    label = LABELS.get(remark["key"], "")
    where = _(" (vid fältet %(label)s)") % {"label": label} if label else ""
    return words + where
