# SPDX-License-Identifier: EUPL-1.2
"""How the reports' pages show differences."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from docgen.engine.richtext import parse_html
from docgen.layout import LABELS
from ui.differences import marked

register = template.Library()
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


@register.simple_tag
def difference(change: dict[str, Any]) -> SafeString:
    """One text with what went away and what came marked, word for word."""
    before = _plain(change["before"], change["is_html"])
    after = _plain(change["after"], change["is_html"])
    shown = marked(before, after)
    if change["is_html"] and before == after:
        shown = format_html("{} <em>{}</em>", shown, _("(bara utseendet har ändrats)"))
    return shown


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
