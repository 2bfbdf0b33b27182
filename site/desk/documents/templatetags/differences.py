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

from docgen.engine.richtext import parse_html

register = template.Library()
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
_MARKS = {"ol": "1. ", "ul": "• ", "h": "", "p": ""}


def _plain(text: str, is_html: bool) -> str:
    if not is_html:
        return text
    blocks = parse_html(text)
    return "\n".join("  " * block.level + _MARKS[block.kind] + block.text for block in blocks)


@register.simple_tag
def difference(change: dict[str, Any]) -> SafeString:
    """One text with what went away and what came marked, word for word."""
    before = _PIECES.findall(_plain(change["before"], change["is_html"]))
    after = _PIECES.findall(_plain(change["after"], change["is_html"]))
    out = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
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
