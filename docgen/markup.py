# SPDX-License-Identifier: EUPL-1.2
"""Running text: from plain text, and with links that lead somewhere outside the admin too."""

from __future__ import annotations

import re
from html import escape, unescape

from wagtail.models import Page

from docgen.engine.richtext import safe_href

_LINK = re.compile(r"<a\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")


def paragraphs(text: str) -> str:
    """Plain text as paragraphs; an empty line divides them."""
    pieces = [piece.strip() for piece in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{escape(piece, quote=False)}</p>".replace("\n", "<br/>") for piece in pieces if piece
    )


def with_addresses(html: str) -> str:
    """The editor's links to the site's own pages as addresses, which a document can hold."""
    if "linktype" not in html:
        return html
    links = [_attributes(link) for link in _LINK.findall(html)]
    numbers = {int(x["id"]) for x in links if _is_page(x)}
    addresses = {page.pk: page.full_url for page in Page.objects.filter(pk__in=numbers)}

    def address(match: re.Match[str]) -> str:
        attributes = _attributes(match.group())
        if not _is_page(attributes):
            return match.group()
        return f'<a href="{escape(addresses.get(int(attributes["id"])) or "")}">'

    return _LINK.sub(address, html)


def lost_links(html: str) -> list[str]:
    """Where links lead that no document can hold: other places of a page, files, scripts."""
    lost = []
    for link in _LINK.findall(html):
        attributes = _attributes(link)
        href = attributes.get("href", "")
        if not _is_page(attributes) and not safe_href(href):
            lost.append(href)
    return lost


def _attributes(link: str) -> dict[str, str]:
    return {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(link)}


def _is_page(attributes: dict[str, str]) -> bool:
    return attributes.get("linktype") == "page" and attributes.get("id", "").isdecimal()
