# SPDX-License-Identifier: EUPL-1.2
"""What people and programs do to a file before it comes back."""

from __future__ import annotations

import copy

from docgen.comparison import compare, remarks_of
from docgen.engine import controls
from docgen.engine.carriers import DNR_PROPERTY
from docgen.engine.ooxml import CUSTOM, DC, REL_CORE, REL_CUSTOM, Element, attribute, make, w
from docgen.engine.package import Package
from docgen.sides import Change
from tests.docgen.rendering import read


def body_of(package: Package) -> Element:
    return package.xml(package.document).find(w("body"))


def control(package: Package, key: str) -> Element:
    return next(x for x in body_of(package).iter(w("sdt")) if controls.full_key(x) == key)


def line_of(package: Package, key: str) -> Element:
    """The paragraph in which a field stands."""
    return next(control(package, key).iterancestors(w("p")))


def run(text: str) -> Element:
    element = make("t")
    element.text = text
    return make("r", element)


def set_text(element: Element, text: str) -> None:
    texts = list(element.iter(w("t")))
    for other in texts[1:]:
        other.text = ""
    texts[0].text = text


def copied(element: Element, text: str | None = None) -> Element:
    """A copy right behind an element, as a line is copied in Word."""
    twin = copy.deepcopy(element)
    if text is not None:
        set_text(twin, text)
    element.addnext(twin)
    return twin


def unwrap_all(package: Package) -> None:
    """All content controls removed, their text left."""
    parts = [package.document, *(x for x in package.names if "header" in x and "rels" not in x)]
    for part in parts:
        while (found := package.xml(part).find(f".//{w('sdt')}")) is not None:
            controls.unwrap(found)


def header(package: Package, kind: str) -> Element:
    """The header of the first or of the following (``default``) pages."""
    targets = {x.id: x.target for x in package.relations(package.document)}
    for reference in body_of(package).iter(w("headerReference")):
        if attribute(reference, "type") == kind:
            ids = [value for name, value in reference.attrib.items() if name.endswith("}id")]
            return package.xml(targets[ids[0]])
    raise AssertionError(kind)


def tamper_dnr(package: Package, carrier: str, number: str) -> None:
    """Another number in one of the places where it stands."""
    if carrier in ("first", "default"):
        field = next(
            x for x in header(package, carrier).iter(w("sdt")) if controls.key_of(x) == "dnr"
        )
        set_text(field, number)
    elif carrier == "store":
        (part,) = [x for x in package.names if x.startswith("customXml/item1.")]
        next(x for x in package.xml(part) if x.tag.endswith("}dnr")).text = number
    elif carrier == "core":
        (part,) = package.related("", REL_CORE)
        package.xml(part).find(f"{{{DC}}}identifier").text = number
    else:
        (part,) = package.related("", REL_CUSTOM)
        for entry in package.xml(part).iter(f"{{{CUSTOM}}}property"):
            if entry.get("name") == DNR_PROPERTY:
                entry[0].text = number


def changes(sent: bytes, package: Package, now: bytes | None = None) -> list[Change]:
    return compare(read(sent), read(package.save()), read(now) if now else None)


def told(sent: bytes, package: Package) -> list[tuple[str, str, str, str]]:
    found = remarks_of(read(sent), read(package.save()))
    return [(x.kind, x.key, x.item, x.text) for x in found]
