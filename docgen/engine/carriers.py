# SPDX-License-Identifier: EUPL-1.2
"""The places beside the body where a document says which case, date and sender it has.

Number, title, date and sender stand in two headers, in the custom XML behind bound controls, in
Word's core properties and in a custom one. Somebody who changes one of them changes what the
document is about, so all are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.engine.binding import STORE_NAMESPACE
from docgen.engine.ooxml import CORE, DC, REL_CORE, Element, attribute, r, w
from docgen.engine.package import Package
from docgen.engine.properties import read_provenance

DNR_PROPERTY = "InitiativDnr"
#: The key of what stands in a header or footer outside its fields.
SURROUNDINGS = "surroundings"
_PROPERTIES = {
    f"{{{DC}}}title": "title",
    f"{{{DC}}}identifier": "dnr",
    f"{{{CORE}}}category": "document_type",
}


@dataclass(slots=True)
class Carrier:
    """What one place says: ``where`` is header-first, footer-default, store, core or property."""

    where: str
    key: str
    text: str


def read_carriers(
    package: Package, key_of: Callable[[Element], str], text_of: Callable[[Element], str]
) -> Iterator[Carrier]:
    """Everything that the places beside the body say."""
    yield from _headers(package, key_of, text_of)
    yield from _store(package)
    for name in package.related("", REL_CORE):
        if name in package:
            for element in package.xml(name):
                if element.tag in _PROPERTIES:
                    yield Carrier("core", _PROPERTIES[element.tag], element.text or "")
    if dnr := read_provenance(package).get(DNR_PROPERTY):
        yield Carrier("property", "dnr", dnr)


def stories(package: Package) -> Iterator[tuple[str, Element]]:
    """Headers and footers, each once: header-first, footer-default and so on."""
    main = package.xml(package.document)
    targets = {x.id: x.target for x in package.relations(package.document) if not x.external}
    seen = set()
    for reference in main.iter(w("headerReference"), w("footerReference")):
        part = targets.get(reference.get(r("id"), ""))
        if part is None or part not in package or part in seen:
            continue
        seen.add(part)
        story = "header" if reference.tag == w("headerReference") else "footer"
        yield f"{story}-{attribute(reference, 'type') or 'default'}", package.xml(part)


def _headers(
    package: Package, key_of: Callable[[Element], str], text_of: Callable[[Element], str]
) -> Iterator[Carrier]:
    for where, root in stories(package):
        inside: set[Element] = set()
        for control in root.iter(w("sdt")):
            if key := key_of(control):
                yield Carrier(where, key, text_of(control))
                inside.update(control.iter(w("t")))
        # Page numbers are shown as they were when the file was saved.
        around = "".join(x.text or "" for x in root.iter(w("t")) if x not in inside)
        yield Carrier(where, SURROUNDINGS, re.sub(r"\d+", "", around))


def _store(package: Package) -> Iterator[Carrier]:
    for relation in package.relations(package.document):
        if not relation.type.endswith("/customXml") or relation.target not in package:
            continue
        root = package.xml(relation.target)
        # Known by its namespace: LibreOffice loses the part that holds the store's id.
        for element in root if str(root.tag).startswith(f"{{{STORE_NAMESPACE}}}") else ():
            if isinstance(element.tag, str):
                yield Carrier("store", element.tag.rpartition("}")[2], element.text or "")
