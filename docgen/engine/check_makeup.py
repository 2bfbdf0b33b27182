# SPDX-License-Identifier: EUPL-1.2
"""Checks of what a template is made of: styles, lists, fonts, hidden text, kinds of controls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.engine import controls
from docgen.engine.faults import Fault
from docgen.engine.ooxml import Element, attribute, w
from docgen.engine.package import Package
from docgen.engine.styles import Numbering, Styles
from docgen.engine.values import Field

_VML = "urn:schemas-microsoft-com:vml"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_TRACKED = (
    "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange",
    "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange",
    "cellIns", "cellDel",
)  # fmt: skip
#: Kinds of controls that hold something else than text.
_OTHER_KINDS = {
    "dropDownList": "en listruta", "comboBox": "en kombinationsruta", "picture": "en bild",
    "date": "en datumväljare", "docPartList": "ett byggblock", "docPartObj": "ett byggblock",
    "citation": "en källhänvisning", "equation": "en formel", "bibliography": "en källförteckning",
    "group": "en grupp",
}  # fmt: skip
#: Fonts that come with Word, LibreOffice or the usual systems; others are seldom where it is read.
_FONTS = {
    "aptos", "aptos display", "arial", "arial black", "arial narrow", "bahnschrift", "book antiqua",
    "bookman old style", "calibri", "calibri light", "cambria", "cambria math", "candara",
    "carlito", "century", "century gothic", "comic sans ms", "consolas", "constantia", "corbel",
    "courier new", "caladea", "dejavu sans", "dejavu serif", "franklin gothic book",
    "franklin gothic medium", "garamond", "georgia", "gill sans mt", "helvetica", "impact",
    "liberation mono", "liberation sans", "liberation serif", "lucida sans unicode",
    "microsoft sans serif", "open sans", "palatino linotype", "segoe ui", "segoe ui emoji",
    "segoe ui symbol", "symbol", "tahoma", "times", "times new roman", "trebuchet ms", "verdana",
    "webdings", "wingdings", "wingdings 2", "wingdings 3",
}  # fmt: skip


def is_decorative(picture: Element) -> bool:
    """Whether a picture is marked as one that says nothing."""
    mark = next(picture.iter(_DECORATIVE), None)
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def language_of(styles: Styles) -> str:
    """The language of the default paragraph style, or of the document where that has none."""
    for style in styles.root.iterfind(w("style")):
        if attribute(style, "type") == "paragraph" and attribute(style, "default") == "1":
            found = attribute(style.find(f"{w('rPr')}/{w('lang')}"))
            if found:
                return found
    defaults = styles.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    return attribute(defaults) or ""


def check_makeup(package: Package, parts: list[str]) -> Iterator[Fault]:
    """Styles and lists that are not there, strange fonts, hidden and tracked text, old pictures."""
    styles, numbering = Styles(package), Numbering(package)
    for style_id in styles.by_id:
        for run in styles.by_id[style_id].iter(w("vanish")):
            if not style_id.casefold().startswith(("placeholder", "platsh")) and _is_on(run):
                yield Fault("hidden-text", f"Formatmallen ”{style_id}” döljer text.")
    fonts = dict.fromkeys(_fonts_in(styles.root), "")
    for part in parts:
        root = package.xml(part)
        fonts = dict.fromkeys(_fonts_in(root), part) | fonts
        for name in ("pStyle", "rStyle", "tblStyle"):
            for reference in root.iter(w(name)):
                if attribute(reference) not in styles.by_id:
                    yield Fault(
                        "missing-style",
                        f"Formatmallen ”{attribute(reference)}” används men finns inte.",
                        part,
                        element=reference,
                    )
        for number in root.iter(w("numId")):
            value = attribute(number)
            if value != "0" and not numbering.format_of(value):
                yield Fault(
                    "missing-numbering",
                    f"Ett stycke hör till listan {value}, som inte finns.",
                    part,
                    element=number,
                )
        for hidden in root.iter(w("vanish")):
            if _is_on(hidden):
                yield Fault("hidden-text", "Mallen har dold text.", part, element=hidden)
                break
        if any(next(root.iter(w(name)), None) is not None for name in _TRACKED):
            yield Fault(
                "tracked-changes", "Mallen har spårade ändringar som inte är godkända.", part
            )
        for shape in root.iter(f"{{{_VML}}}imagedata"):
            holder = shape.getparent()
            if not (holder.get("alt") or "").strip():
                yield Fault("missing-alt-text", "En bild saknar alternativtext.", part)
        if next(root.iter(w("altChunk")), None) is not None:
            yield Fault("foreign", "Mallen tar in text från en annan fil (altChunk).", part)
    for font, part in sorted(fonts.items()):
        if font.casefold() not in _FONTS:
            yield Fault(
                "unknown-font",
                f"Teckensnittet ”{font}” finns inte på alla datorer; där byts det ut.",
                part,
                warning=True,
            )


def _fonts_in(root: Element) -> set[str]:
    found = set()
    for fonts in root.iter(w("rFonts")):
        found |= {attribute(fonts, name) or "" for name in ("ascii", "hAnsi")}
    return found - {""}


def _is_on(element: Element) -> bool:
    return (attribute(element) or "1") not in ("0", "false", "off")


def check_controls(package: Package, parts: list[str], known: tuple[Field, ...]) -> Iterator[Fault]:
    """Controls of a kind that cannot hold their field, locked ones, and fields that come twice."""
    by_key = _by_key(known)
    for part in parts:
        root = package.xml(part)
        for control in controls.all_controls(root):
            field = by_key.get(controls.key_of(control))
            if field is not None:
                for code, sentence in _faults_of(control, field):
                    yield Fault(code, f"Fältet ”{field.key}” {sentence}", part, element=control)
            number = attribute(control.find(f"{w('sdtPr')}/{w('id')}"))
            if number is not None and not number.removeprefix("-").isdecimal():
                yield Fault(
                    "bad-id", f"En innehållskontroll har numret ”{number}”.", part, element=control
                )
        # Twice the same repeat or running text prints everything twice; a line of text may recur.
        counted = Counter(controls.key_of(x) for x in controls.all_controls(root))
        for key, count in counted.items():
            if count > 1 and key in by_key and by_key[key].kind != "text":
                yield Fault(
                    "twice", f"Fältet ”{key}” finns {count} gånger: texten dubbleras.", part
                )


def _by_key(known: tuple[Field, ...]) -> dict[str, Field]:
    found = {}
    for field in known:
        found[field.key] = field
        found |= _by_key(field.children)
    return found


def _faults_of(control: Element, field: Field) -> Iterator[tuple[str, str]]:
    found = controls.properties(control)
    content = controls.content_of(control)
    for name, what in _OTHER_KINDS.items():
        if found.find(w(name)) is not None:
            yield "wrong-kind", f"är {what} och kan inte ta emot text."
    if found.find(w("text")) is not None and field.kind != "text":
        yield "wrong-kind", "är oformaterad text men ska rymma hela stycken."
    if field.kind == "text" and len(content.findall(w("p"))) > 1:
        yield "wrong-place", "omsluter flera stycken; texten i de andra skulle försvinna."
    lock = attribute(found.find(w("lock")))
    # The register's number is the one thing that nobody changes in the document.
    if lock in ("contentLocked", "sdtContentLocked") and field.key != "dnr":
        yield "locked", "är låst; ingen kan ändra texten i Word."
    if field.kind == "repeat":
        table = next(control.iterancestors(w("tbl")), None)
        rows = content.findall(w("tr"))
        if rows and table is not None and next(table.iter(w("tblHeader")), None) is None:
            yield "no-header-row", "är rader i en tabell utan rubrikrad."
