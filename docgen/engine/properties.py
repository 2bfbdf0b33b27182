# SPDX-License-Identifier: EUPL-1.2
"""What a file says about itself: Word's properties, and provenance in the custom ones."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from docgen.engine.ooxml import (
    CORE,
    CUSTOM,
    DC,
    DCTERMS,
    EXTENDED,
    REL_CORE,
    REL_CUSTOM,
    REL_EXTENDED,
    VT,
    XSI,
    clean_text,
)
from docgen.engine.package import Package
from docgen.engine.values import Meta

_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_EXTENDED_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def write_properties(package: Package, meta: Meta, pages: int) -> None:
    """Replace all three property parts: nothing of the template's own past goes out."""
    _replace(package, REL_CORE, "docProps/core.xml", _core(meta), _CORE_TYPE)
    _replace(package, REL_EXTENDED, "docProps/app.xml", _extended(pages), _EXTENDED_TYPE)
    _replace(package, REL_CUSTOM, "docProps/custom.xml", _custom(meta), _CUSTOM_TYPE)


def read_provenance(package: Package) -> dict[str, str]:
    """The custom properties by name; empty when there are none."""
    found = {}
    for name in package.related("", REL_CUSTOM):
        if name in package:
            for element in package.xml(name):
                value = element[0].text if len(element) else None
                found[element.get("name", "")] = value or ""
    return found


def read_title(package: Package) -> str:
    """The title property."""
    for name in package.related("", REL_CORE):
        if name in package:
            return package.xml(name).findtext(f"{{{DC}}}title") or ""
    return ""


def _replace(
    package: Package, relation: str, name: str, tree: etree._Element, content_type: str
) -> None:
    for old in package.related("", relation):
        package.drop(old)
    package.unrelate("", relation)
    package.put(name, tree, content_type)
    package.relate("", relation, name)


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _core(meta: Meta) -> etree._Element:
    root = etree.Element(
        f"{{{CORE}}}coreProperties",
        nsmap={"cp": CORE, "dc": DC, "dcterms": DCTERMS, "xsi": XSI},
    )

    def add(namespace: str, name: str, text: str) -> etree._Element:
        element = etree.SubElement(root, f"{{{namespace}}}{name}")
        element.text = clean_text(text)
        return element

    add(DC, "title", meta.title)
    add(DC, "creator", meta.creator)
    if meta.identifier:
        add(DC, "identifier", meta.identifier)
    if meta.category:
        add(CORE, "category", meta.category)
    add(DC, "language", meta.language)
    for name, moment in (("created", meta.created), ("modified", meta.modified)):
        add(DCTERMS, name, _stamp(moment)).set(f"{{{XSI}}}type", "dcterms:W3CDTF")
    return root


def _extended(pages: int) -> etree._Element:
    root = etree.Element(f"{{{EXTENDED}}}Properties", nsmap={None: EXTENDED})
    etree.SubElement(root, f"{{{EXTENDED}}}Pages").text = str(pages)
    etree.SubElement(root, f"{{{EXTENDED}}}Application").text = "Initiativ"
    return root


def _custom(meta: Meta) -> etree._Element:
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={None: CUSTOM, "vt": VT})
    for number, (name, value) in enumerate(sorted(meta.provenance.items()), start=2):
        element = etree.SubElement(
            root, f"{{{CUSTOM}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name
        )
        etree.SubElement(element, f"{{{VT}}}lpwstr").text = clean_text(value)
    return root
