# SPDX-License-Identifier: EUPL-1.2
"""Checks a template before it is used.

Finds what format validators do not look for: misspelt fields, fields that are missing, code left
over from other template engines, pictures without alternative text, fields without an end. A
fault makes the template unusable or the document wrong; a warning is worth a look.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from docx import Document
from docx.text.run import Run
from lxml import etree

from docgen.engine import controls, fields
from docgen.engine.binding import Stores, binding_of
from docgen.engine.check_makeup import (
    check_controls,
    check_makeup,
    is_decorative,
    language_of,
)
from docgen.engine.check_pages import (
    LIBREOFFICE,
    check_file,
    check_pages,
    missing_parts,
    saved_by_libreoffice,
)
from docgen.engine.errors import DocumentError, TemplateError
from docgen.engine.faults import Fault
from docgen.engine.guard import inspect_ooxml
from docgen.engine.ooxml import WP, Element, attribute, w
from docgen.engine.package import Package
from docgen.engine.properties import read_title
from docgen.engine.render import story_parts
from docgen.engine.styles import NEEDED, Numbering, Styles, paragraph_style
from docgen.engine.values import Field

# Amounts and quotations are text: "${100}", «citat».
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{[^\W\d][^}]*\}|<<[^\W\d][^>]*>>")
_CHARACTER_STYLES = {"strong", "emphasis", "hyperlink"}


def check_template(data: bytes, known: Iterable[Field]) -> list[Fault]:
    """All faults and warnings of a template, those of the whole file first."""
    try:
        inspect_ooxml(io.BytesIO(data))
        return check_package(Package.read(data), tuple(known))
    except DocumentError as error:
        return [Fault("unusable", str(error))]
    except (zlib.error, OSError, EOFError, NotImplementedError):
        return [Fault("unusable", "Filen är skadad och går inte att packa upp.")]


def check_package(package: Package, known: tuple[Field, ...]) -> list[Fault]:
    """As :func:`check_template`, of a file that is open already."""
    try:
        if saved_by_libreoffice(package):
            return [Fault("libreoffice", LIBREOFFICE)]
        parts = story_parts(package)
        gone = missing_parts(package)
        if gone:
            return gone
        return [
            *_check_properties(package),
            *_check_code(package),
            *_check_styles(package),
            *_check_controls(package, parts, known),
            *_check_stories(package, parts),
            *check_file(package),
            *check_pages(package, known),
            *check_makeup(package, parts),
            *check_controls(package, parts, known),
        ]
    except (TemplateError, etree.XMLSyntaxError) as error:
        return [Fault("unusable", str(error))]


def _check_properties(package: Package) -> Iterator[Fault]:
    if not read_title(package).strip():
        yield Fault("missing-title", "Filen saknar titel (Arkiv – Info – Titel).")
    settings = next(
        (
            x.target
            for x in package.relations(package.document)
            if x.type.endswith("/settings") and not x.external
        ),
        None,
    )
    if settings and package.xml(settings).find(w("updateFields")) is not None:
        yield Fault(
            "update-fields",
            "Filen ber Word att uppdatera fält när den öppnas; då får läsaren en fråga.",
            settings,
            warning=True,
        )
    for relation in package.relations(package.document):
        if relation.type.endswith("/comments") and not relation.external:
            yield Fault(
                "comments", "Mallen har kommentarer som följer med i dokumenten.", relation.target
            )


def _check_code(package: Package) -> Iterator[Fault]:
    for name in package.names:
        if not name.endswith((".xml", ".rels")) or name == "[Content_Types].xml":
            continue
        root = package.xml(name)
        for element, text in _texts(root, name):
            match = _CODE.search(text)
            if match:
                yield Fault(
                    "template-code",
                    f"Mallkod som inte används här: ”{match.group()[:60]}”. "
                    "Använd innehållskontroller i stället.",
                    name,
                    element=element,
                )


def _texts(root: Element, name: str) -> Iterator[tuple[Element, str]]:
    """Texts to look for code in: whole paragraphs, since Word splits words over runs."""
    if root.tag.startswith(w("")):
        for paragraph in root.iter(w("p")):
            yield paragraph, "".join(x.text or "" for x in paragraph.iter(w("t")))
        for variable in root.iter(w("docVar")):
            yield variable, attribute(variable) or ""
        return
    for element in root.iter(etree.Element):
        yield element, " ".join([element.text or "", *map(str, element.attrib.values())])


def _check_styles(package: Package) -> Iterator[Fault]:
    styles = Styles(package)
    numbering = Numbering(package)
    for name in NEEDED:
        kind = "character" if name in _CHARACTER_STYLES else "paragraph"
        style_id = styles.id_of(name, kind)
        if style_id is None:
            yield Fault("missing-style", f"Formatmallen ”{name}” saknas.")
        elif name.startswith("list ") and numbering.restart(styles.list_number(style_id)) is None:
            yield Fault("missing-numbering", f"Formatmallen ”{name}” har ingen numrering.")
    if not language_of(styles).casefold().startswith("sv"):
        yield Fault("language", "Mallens språk är inte svenska.", warning=True)


def _check_controls(
    package: Package, parts: list[str], known: tuple[Field, ...]
) -> Iterator[Fault]:
    seen_ids: dict[str, str] = {}
    stores = Stores(package)
    used: set[str] = set()
    for part in parts:
        root = package.xml(part)
        for control in controls.all_controls(root):
            number = attribute(control.find(f"{w('sdtPr')}/{w('id')}"))
            key = controls.key_of(control)
            if number is not None and number in seen_ids:
                yield Fault(
                    "duplicate-id",
                    f"Två innehållskontroller har samma nummer ({number}): "
                    f"”{seen_ids[number]}” och ”{key}”.",
                    part,
                    element=control,
                )
            elif number is not None:
                seen_ids[number] = key
            tag = attribute(control.find(f"{w('sdtPr')}/{w('tag')}"))
            if key and tag and tag.partition(controls.SEPARATOR)[0] != key:
                yield Fault(
                    "tag-differs",
                    f"Rubriken ”{key}” och taggen ”{tag}” ska vara lika.",
                    part,
                    element=control,
                )
            binding = binding_of(control)
            bound = control.find(f"{w('sdtPr')}/{w('dataBinding')}") is not None
            if bound and (binding is None or stores.node(binding) is None):
                yield Fault(
                    "broken-binding",
                    f"Fältet ”{key}” är bundet till data som inte finns i filen.",
                    part,
                    element=control,
                )
        yield from _check_level(root, known, part, used)
    yield from _missing(known, used)


def _check_level(
    container: Element, known: tuple[Field, ...], part: str, used: set[str]
) -> Iterator[Fault]:
    by_key = {field.key: field for field in known}
    for control in controls.outermost(container):
        key = controls.key_of(control)
        field = by_key.get(key)
        if not key:  # the city's own: what is in it is filled as if it were not there
            yield from _check_level(controls.content_of(control), known, part, used)
            continue
        if field is None:
            yield Fault(
                "unknown-key",
                f"Fältet ”{key}” finns inte{_hint(key, known)}",
                part,
                element=control,
            )
            continue
        used.add(key)
        content = controls.content_of(control)
        if field.kind == "rich" and not controls.holds_blocks(content):
            yield Fault(
                "wrong-place",
                f"Fältet ”{key}” är löpande text och måste omsluta ett helt stycke.",
                part,
                element=control,
            )
        if field.children:
            yield from _check_level(content, field.children, part, used)
        elif content.find(f".//{w('sdt')}") is not None:
            yield Fault(
                "nested",
                f"Fältet ”{key}” får inte innehålla andra fält.",
                part,
                element=control,
            )


def _hint(key: str, known: tuple[Field, ...]) -> str:
    close = get_close_matches(key, [field.key for field in known], 1, 0.6)
    if close:
        return f" här. Menas ”{close[0]}”?"
    return " på den här platsen." if key in _all_keys(known) else "."


def _all_keys(known: Iterable[Field]) -> set[str]:
    keys = set()
    for field in known:
        keys |= {field.key, *_all_keys(field.children)}
    return keys


def _missing(known: Iterable[Field], used: set[str]) -> Iterator[Fault]:
    for field in known:
        if field.key not in used:
            if field.required:
                yield Fault("missing-key", f"Fältet ”{field.key}” ({field.label}) saknas i mallen.")
            continue
        yield from _missing(field.children, used)


def _check_stories(package: Package, parts: list[str]) -> Iterator[Fault]:
    styles = Styles(package)
    for part in parts:
        root = package.xml(part)
        for entry in fields.find_fields(root):
            if not entry.ended:
                yield Fault(
                    "field-without-end",
                    f"Ett Word-fält saknar slut{f': {entry.code.strip()}' if entry.code else ''}.",
                    part,
                    element=entry.where,
                )
            elif entry.name not in fields.SELF_UPDATING:
                yield Fault(
                    "stale-field",
                    f"Word-fältet {entry.name} räknas inte om av sig självt.",
                    part,
                    warning=True,
                    element=entry.where,
                )
        for picture in root.iter(f"{{{WP}}}docPr"):
            if not (picture.get("descr") or "").strip() and not is_decorative(picture):
                yield Fault(
                    "missing-alt-text",
                    f"Bilden ”{picture.get('name', '')}” saknar alternativtext.",
                    part,
                    element=picture,
                )
        yield from _check_tables(root, part)
        yield from _check_headings(root, part, styles)


def _check_tables(root: Element, part: str) -> Iterator[Fault]:
    for row in root.iter(w("tr")):
        if row.find(f"{w('trPr')}/{w('cantSplit')}") is None:
            yield Fault(
                "row-splits", "En tabellrad kan delas över två sidor.", part, True, element=row
            )


def _check_headings(root: Element, part: str, styles: Styles) -> Iterator[Fault]:
    last = 0
    for paragraph in root.iter(w("p")):
        name = styles.name_of(paragraph_style(paragraph))
        if name.startswith("heading ") and name[8:].isdigit():
            level = int(name[8:])
            if level > last + 1:
                yield Fault(
                    "heading-jump",
                    f"Rubriknivå {level} kommer direkt efter nivå {last}.",
                    part,
                    warning=True,
                    element=paragraph,
                )
            last = level


def annotate(data: bytes, known: Iterable[Field]) -> bytes:
    """The template with a Word comment at each fault.

    Comments can stand in the document's body only: what concerns a header or the whole file is
    gathered at the first paragraph.
    """
    inspect_ooxml(io.BytesIO(data))
    try:
        return _annotated(data, known)
    except DocumentError:
        raise
    except Exception as error:
        # python-docx has no exception of its own for what is wrong inside a file.
        raise TemplateError("Filen är för skadad för att få kommentarer.") from error


def _annotated(data: bytes, known: Iterable[Field]) -> bytes:
    document = Document(io.BytesIO(data))
    _add_comment_style(document.styles.element)
    body = document.element.body
    anchors = list(body.iter(w("r")))
    package = Package.read(data)
    places = list(package.xml(package.document).iter())
    copies = list(document.element.iter())
    for fault in check_package(package, tuple(known)):
        run = anchors[0] if anchors else None
        if fault.element is not None and fault.part == package.document:
            element = copies[places.index(fault.element)]
            holder = element if element.tag == w("r") else next(element.iter(w("r")), None)
            holder = holder if holder is not None else next(element.iterancestors(w("r")), None)
            run = holder if holder is not None else run
        if run is None:
            paragraph = document.add_paragraph()
            run = paragraph.add_run(" ")._r
            anchors = [run]
        document.add_comment(
            Run(run, document), text=str(fault), author="Mallkontroll", initials="M"
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_comment_style(styles: Element) -> None:
    """The character style that comments refer to, which small templates do not have."""
    if any(attribute(x, "styleId") == "CommentReference" for x in styles.iter(w("style"))):
        return
    style = etree.SubElement(styles, w("style"))
    style.set(w("type"), "character")
    style.set(w("styleId"), "CommentReference")
    etree.SubElement(style, w("name")).set(w("val"), "annotation reference")
    size = etree.SubElement(etree.SubElement(style, w("rPr")), w("sz"))
    size.set(w("val"), "16")
