# SPDX-License-Identifier: EUPL-1.2
"""Namespaces and the few XML helpers that the rest of the engine shares."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PKG_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
PKG_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DS = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

REL_HYPERLINK = f"{R}/hyperlink"
REL_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
REL_EXTENDED = f"{R}/extended-properties"
REL_CUSTOM = f"{R}/custom-properties"
REL_DOCUMENT = f"{R}/officeDocument"

Element = Any  # lxml's element class has no public type


# XML 1.0 allows tab, newline, carriage return and everything from space on, save the
# surrogates and the two non-characters that end the basic plane.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# What is no text of its own in a run: tabs, line breaks, and the hyphen behind one or two letters,
# which stays with what it begins ("e-tjänst", "IT-rådet").
_PIECES = re.compile(r"([\t\n]|(?<=\b[^\W\d_])-(?=[^\W_])|(?<=\b[^\W\d_]{2})-(?=[^\W_]))")


def illegal_characters(text: str) -> list[str]:
    """The characters that no document can carry, by number: ``U+000B``."""
    return sorted({f"U+{ord(x):04X}" for x in _ILLEGAL.findall(text)})


def clean_text(text: str) -> str:
    """``text`` without characters that XML cannot carry, and with plain newlines.

    The editor refuses such characters at the field and a document is not made of them; here they
    are removed all the same, since no file may break because of one.
    """
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


@cache
def w(name: str) -> str:
    """``{namespace}name`` for WordprocessingML; asked for thousands of times in a document."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """``{namespace}name`` for the relationship attributes."""
    return f"{{{R}}}{name}"


def parse_xml(data: bytes) -> Element:
    """Parse without entities, network or DTD: templates and uploads come from outside."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    return etree.fromstring(data, parser)


def serialise(root: Element) -> bytes:
    """The bytes of a part; always the same for the same tree."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def make(name: str, /, *children: Element, **attributes: str) -> Element:
    """A ``w:`` element with ``w:`` attributes: ``make("pStyle", val="Title")``."""
    element = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes.items():
        element.set(w(key), value)
    element.extend(children)
    return element


def text_run(text: str, properties: Element | None = None) -> Element:
    """A run carrying ``text``; tabs and newlines become Word's own elements."""
    run = make("r")
    if properties is not None:
        run.append(properties)
    for piece in _PIECES.split(clean_text(text)):
        if piece == "-":
            run.append(make("noBreakHyphen"))
        elif piece == "\t":
            run.append(make("tab"))
        elif piece == "\n":
            run.append(make("br"))
        elif piece:
            element = make("t")
            element.text = piece
            if piece != piece.strip() or "  " in piece:
                element.set(XML_SPACE, "preserve")
            run.append(element)
    return run


def run_text(run: Element) -> str:
    """What a run shows, newlines and tabs included, deleted text left out."""
    parts: list[str] = []
    for child in run:
        if child.tag == w("t"):
            # LibreOffice writes the no-break hyphen as a letter: it is the hyphen it stands for.
            parts.append((child.text or "").replace("\u2011", "-"))
        elif child.tag == w("tab"):
            parts.append("\t")
        elif child.tag in (w("br"), w("cr")):
            parts.append("\n")
        elif child.tag == w("noBreakHyphen"):
            parts.append("-")
        elif child.tag == w("softHyphen"):
            parts.append("\u00ad")
    return "".join(parts)


def attribute(element: Element | None, name: str = "val") -> str | None:
    """The ``w:`` attribute of an element that may be missing."""
    return None if element is None else element.get(w(name))
