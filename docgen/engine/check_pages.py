# SPDX-License-Identifier: EUPL-1.2
"""Checks of the file as a whole: its kind, its parts, and what stands on each of its pages."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.engine import controls, fields
from docgen.engine.faults import Fault
from docgen.engine.ooxml import PKG_CT, REL_EXTENDED, attribute, r, w
from docgen.engine.package import Package
from docgen.engine.values import Field

LIBREOFFICE = (
    "Mallen är sparad i LibreOffice, som tar bort innehållskontroller som ligger i andra. Hämta "
    "mallen på nytt och redigera den i Word."
)
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: What a relation leads to that a template has no use for, by the end of its type.
_FOREIGN = {
    "package": "ett inbäddat Office-dokument",
    "oleObject": "ett inbäddat objekt",
    "aFChunk": "text från en annan fil (altChunk)",
    "subDocument": "ett underdokument",
}
_PLACES = {
    "body": "i brödtexten",
    "first": "på första sidan",
    "following": "på följande sidor",
}


def saved_by_libreoffice(package: Package) -> bool:
    """Whether LibreOffice wrote the file; what it flattened cannot be told apart any more."""
    for name in package.related("", REL_EXTENDED):
        if name in package:
            program = package.xml(name).findtext("{*}Application") or ""
            if program.startswith(("LibreOffice", "OpenOffice", "Collabora")):
                return True
    return False


def missing_parts(package: Package) -> list[Fault]:
    """Parts that others point at but that are not in the file."""
    return [
        Fault("missing-part", f"Filen saknar delen {relation.target}.", source)
        for source in ["", *package.names]
        if not source.endswith(".rels")
        for relation in package.relations(source)
        if not relation.external
        and not relation.target.startswith(("#", "NULL"))
        and relation.target.partition("#")[0] not in package
    ]


def check_file(package: Package) -> Iterator[Fault]:
    """What kind of file it is, what it brings along, and whether it may be written in."""
    for override in package.xml("[Content_Types].xml").findall(f"{{{PKG_CT}}}Override"):
        is_main = override.get("PartName") == f"/{package.document}"
        if is_main and override.get("ContentType") != _DOCUMENT:
            yield Fault(
                "template-type",
                "Filen är sparad som Word-mall (.dotx). Spara den som Word-dokument (.docx).",
            )
    for source in package.names:
        for relation in package.relations(source):
            what = _FOREIGN.get(relation.type.rpartition("/")[2])
            if what:
                yield Fault("foreign", f"Mallen har {what}.", source)
    for relation in package.relations(package.document):
        if relation.type.endswith("/settings") and not relation.external:
            root = package.xml(relation.target)
            for name in ("documentProtection", "writeProtection"):
                if root.find(w(name)) is not None:
                    yield Fault(
                        "protected",
                        "Mallen är skyddad mot redigering; det blir dokumenten också.",
                        relation.target,
                    )


def check_pages(package: Package, known: tuple[Field, ...]) -> Iterator[Fault]:
    """Headers, page numbers, and that each key stands where a reader looks for it."""
    main = package.document
    body = package.xml(main).find(w("body"))
    section = body.find(w("sectPr")) if body is not None else None
    if section is None:
        yield Fault("no-section", "Mallen saknar sidinställningar (sectPr).", main)
        return
    relations = {x.id: x.target for x in package.relations(main)}
    stories: dict[str, list[str]] = {"first": [], "following": []}
    for reference in section:
        kind = reference.tag.rpartition("}")[2]
        part = relations.get(reference.get(r("id"), ""), "")
        if kind in ("headerReference", "footerReference") and part in package:
            place = "first" if attribute(reference, "type") == "first" else "following"
            stories[place].append(part)
    titled = section.find(w("titlePg"))
    is_titled = titled is not None and (attribute(titled) or "1") not in ("0", "false", "off")
    if not any(stories.values()):
        yield Fault("no-header", "Mallen har inget sidhuvud.", main)
        return
    if not is_titled:
        if stories["first"]:
            yield Fault(
                "first-page",
                "Mallen har ett sidhuvud för första sidan som inte används (”Annorlunda första "
                "sida” är inte valt).",
                main,
            )
        stories["first"] = stories["following"]
    for place, parts in stories.items():
        names = {entry.name for part in parts for entry in fields.find_fields(package.xml(part))}
        for name, what in (("PAGE", "sidnummer"), ("NUMPAGES", "antal sidor")):
            if name not in names:
                yield Fault("no-page-number", f"Mallen saknar {what} {_PLACES[place]}.")
    yield from _places(package, known, {"body": [main], **stories})


def _places(
    package: Package, known: tuple[Field, ...], stories: dict[str, list[str]]
) -> Iterator[Fault]:
    keys = {
        place: {
            controls.key_of(control)
            for part in parts
            for control in controls.all_controls(package.xml(part))
        }
        for place, parts in stories.items()
    }
    for field in known:
        for place in field.places:
            if field.key not in keys[place]:
                yield Fault(
                    "missing-key", f"Fältet ”{field.key}” ({field.label}) saknas {_PLACES[place]}."
                )
