# SPDX-License-Identifier: EUPL-1.2
"""Content controls (``w:sdt``): finding them, their keys, and removing them without a trace."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.engine.ooxml import MC, W15, Element, attribute, make, w

# Key and item id stand in one alias: "section.body#4f0c…". Word allows 64 characters.
SEPARATOR = "#"
_BLOCKS = (w("p"), w("tbl"))
_APPEARANCE = f"{{{W15}}}appearance"
# Asked for many times in each document.
_PROPERTIES, _ALIAS, _TAG = w("sdtPr"), w("alias"), w("tag")


def properties(control: Element) -> Element:
    """The control's ``w:sdtPr``, made when it is missing."""
    found = control.find(w("sdtPr"))
    if found is None:
        found = make("sdtPr")
        control.insert(0, found)
    return found


def full_key(control: Element) -> str:
    """Key with item id. The alias wins: some programs drop the tag when they save."""
    found = control.find(_PROPERTIES)
    if found is None:
        return ""
    alias = attribute(found.find(_ALIAS)) or ""
    return (alias or attribute(found.find(_TAG)) or "").strip()


def key_of(control: Element) -> str:
    """The field key without the item's id."""
    return full_key(control).partition(SEPARATOR)[0]


def item_of(control: Element) -> str:
    """The item's id, or an empty string outside repeats."""
    return full_key(control).partition(SEPARATOR)[2]


def content_of(control: Element) -> Element:
    """The control's ``w:sdtContent``, made when it is missing."""
    found = control.find(w("sdtContent"))
    if found is None:
        found = make("sdtContent")
        control.append(found)
    return found


def with_appearance(root: Element) -> Element:
    """A part's root that may hold how controls look; programs that do not know it pass it over."""
    if root.nsmap.get("w15") == W15 or ("mc" in root.nsmap and root.nsmap["mc"] != MC):
        return root
    other = root.makeelement(
        root.tag, dict(root.attrib), nsmap={**root.nsmap, "mc": MC, "w15": W15}
    )
    known = other.get(f"{{{MC}}}Ignorable", "")
    other.set(f"{{{MC}}}Ignorable", f"{known} w15".strip())
    other.extend(list(root))
    return other


def outermost(container: Element) -> list[Element]:
    """Controls below ``container`` that stand in no other control below it."""
    found: list[Element] = []

    def walk(element: Element) -> None:
        for child in element:
            if child.tag == w("sdt"):
                found.append(child)
            else:
                walk(child)

    walk(container)
    return found


def all_controls(root: Element) -> Iterator[Element]:
    """Every control, in the order of the document."""
    yield from root.iter(w("sdt"))


def mark(control: Element, key: str, item: str, number: int, *, bound: bool) -> None:
    """Write key, item id and a document-unique number into a filled control."""
    found = properties(control)
    label = f"{key}{SEPARATOR}{item}" if item else key
    for name in ("alias", "tag"):
        element = found.find(w(name))
        if element is None:
            element = make(name)
            found.insert(0 if name == "alias" else 1, element)
        element.set(w("val"), label)
    element = found.find(w("id"))
    if element is None:
        element = make("id")
        found.find(w("tag")).addnext(element)
    element.set(w("val"), str(number))
    for name in ("showingPlcHdr", "placeholder", "temporary"):
        for leftover in found.findall(w(name)):
            found.remove(leftover)
    # The alias carries the key, since some programs drop the tag; without this Word shows it to
    # everybody who clicks in the text.
    if found.find(_APPEARANCE) is None:
        binding = found.find(w("dataBinding"))
        after = binding if binding is not None else element
        lock = found.find(w("lock"))
        after = lock if binding is None and lock is not None else after
        hidden = found.makeelement(_APPEARANCE, {f"{{{W15}}}val": "hidden"})
        after.addnext(hidden)
    if not bound:
        for binding in found.findall(w("dataBinding")):
            found.remove(binding)


def allow_lines(control: Element) -> None:
    """Let a control of plain text hold line breaks, as Word calls it."""
    plain = properties(control).find(w("text"))
    if plain is not None:
        plain.set(w("multiLine"), "1")


def remove(control: Element) -> None:
    """Take a control away, and what would stand empty without it.

    A paragraph whose last control goes is removed with its lead text ("Telefon: "), a row
    without cells with its row, a cell keeps the one paragraph that it must have.
    """
    parent = control.getparent()
    parent.remove(control)
    _prune(parent)


def unwrap(control: Element) -> None:
    """Leave the content in the control's place.

    Done to filled repeats and groups, so that only fields stay as controls: nested ones would be
    in a writer's way, and LibreOffice keeps the outermost alone when it saves.
    """
    parent = control.getparent()
    children = list(content_of(control))
    for child in children:  # not by position: counting to it makes many rows dear
        control.addprevious(child)
    parent.remove(control)
    if not children:
        _prune(parent)


def _prune(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tag == w("p"):
        if element.find(f".//{w('sdt')}") is None and not _has_content(element):
            parent.remove(element)
            _prune(parent)
    elif element.tag == w("sdtContent"):
        if len(element) == 0:
            grand = parent.getparent()
            if grand is not None:
                grand.remove(parent)
                _prune(grand)
    elif element.tag == w("tc"):
        if element.find(f".//{w('p')}") is None or element[-1].tag not in (w("p"), w("sdt")):
            element.append(make("p"))
    elif element.tag == w("tr"):
        if element.find(f".//{w('tc')}") is None:
            parent.remove(element)
            _prune(parent)
    elif element.tag == w("tbl"):
        if element.find(f".//{w('tr')}") is None:
            parent.remove(element)
            _prune(parent)
    elif element.tag in (w("hdr"), w("ftr")) and element.find(f".//{w('p')}") is None:
        element.append(make("p"))


def _has_content(paragraph: Element) -> bool:
    """Whether a paragraph without controls holds more than a label for what is gone."""
    return any(
        paragraph.find(f".//{w(name)}") is not None
        for name in ("drawing", "pict", "sectPr", "fldChar", "fldSimple")
    )


def first_of(content: Element, name: str) -> Element | None:
    """The first element of a kind in a control's content."""
    found: Element | None = content.find(f".//{w(name)}")
    return found


def holds_blocks(content: Element) -> bool:
    """Whether the content is made of paragraphs and tables rather than of runs."""
    return any(child.tag in _BLOCKS or child.find(f".//{w('p')}") is not None for child in content)
