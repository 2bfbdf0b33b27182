# SPDX-License-Identifier: EUPL-1.2
"""A Word file as parts and relations, read and written so that equal input gives equal bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from docgen.engine.errors import TemplateError
from docgen.engine.ooxml import PKG_CT, PKG_REL, REL_DOCUMENT, Element, parse_xml, serialise

# The oldest moment a zip entry can carry: the files hold no time of their own making.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What Python raises for bytes that are no zip, or no longer.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a ``.rels`` part, the target resolved to a part name unless external."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The parts of one file. XML parts are parsed once and serialised when saved."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._trees: dict[str, Element] = {}
        # By source: ids by what they lead to, and all that are taken. Many links would otherwise
        # cost a walk through all relations each.
        self._leading: dict[str, tuple[dict[tuple[str, str, bool], str], set[str]]] = {}

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Open a trusted file. Files from outside pass ``guard.inspect_ooxml`` first."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                if len(names) != len(set(names)):
                    raise TemplateError("Filen innehåller samma del två gånger.")
                parts = {name: archive.read(name) for name in names if not name.endswith("/")}
        except _DAMAGED as error:
            raise TemplateError("Filen är inte en Word-fil (.docx).") from error
        return cls(parts)

    @property
    def names(self) -> list[str]:
        """All part names, sorted."""
        return sorted(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def raw(self, name: str) -> bytes:
        """A part's bytes as stored (not what has been changed in its tree)."""
        return self._parts[name]

    def xml(self, name: str) -> Element:
        """The part's tree; changes to it are saved."""
        if name not in self._trees:
            try:
                self._trees[name] = parse_xml(self._parts[name])
            except KeyError as error:
                raise TemplateError(f"Filen saknar delen {name}.") from error
            except etree.XMLSyntaxError as error:
                raise TemplateError(f"Delen {name} går inte att läsa: {error}") from error
        return self._trees[name]

    def put(self, name: str, data: bytes | Element, content_type: str | None = None) -> None:
        """Add or replace a part; a content type is declared once."""
        if isinstance(data, bytes):
            self._parts[name] = data
            self._trees.pop(name, None)
        else:
            self._parts[name] = b""
            self._trees[name] = data
        if content_type:
            self._declare(name, content_type)

    def drop(self, name: str) -> None:
        """Remove a part, its own relations and its content type; other parts' relations stay."""
        self._leading.pop(name, None)
        for gone in (name, rels_name(name)):
            self._parts.pop(gone, None)
            self._trees.pop(gone, None)
        types = self.xml("[Content_Types].xml")
        for override in types.findall(f"{{{PKG_CT}}}Override"):
            if override.get("PartName") == f"/{name}":
                types.remove(override)

    def _declare(self, name: str, content_type: str) -> None:
        types = self.xml("[Content_Types].xml")
        for override in types.findall(f"{{{PKG_CT}}}Override"):
            if override.get("PartName") == f"/{name}":
                override.set("ContentType", content_type)
                return
        etree.SubElement(
            types, f"{{{PKG_CT}}}Override", PartName=f"/{name}", ContentType=content_type
        )

    def relations(self, source: str = "") -> list[Relation]:
        """Relations out of a part, or out of the package when no part is named."""
        name = rels_name(source)
        if name not in self._parts:
            return []
        found = []
        for element in self.xml(name).findall(f"{{{PKG_REL}}}Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = resolve(source, target)
            found.append(Relation(element.get("Id", ""), element.get("Type", ""), target, external))
        return found

    def related(self, source: str, type_: str) -> list[str]:
        """Names of the parts that ``source`` points at with this relation type."""
        return [x.target for x in self.relations(source) if x.type == type_ and not x.external]

    def relate(self, source: str, type_: str, target: str, *, external: bool = False) -> str:
        """The id of a relation from ``source``, made when it is not there already."""
        if source not in self._leading:
            found = self.relations(source)
            by_target = {(x.type, x.target, x.external): x.id for x in reversed(found)}
            self._leading[source] = by_target, {x.id for x in found}
        leading, taken = self._leading[source]
        wanted = (type_, target, external)
        if wanted in leading:
            return leading[wanted]
        name = rels_name(source)
        if name not in self._parts:
            self.put(name, etree.Element(f"{{{PKG_REL}}}Relationships", nsmap={None: PKG_REL}))
        tree = self.xml(name)
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        leading[wanted] = f"rId{number}"
        taken.add(f"rId{number}")
        written = target if external else relative(source, target)
        element = etree.SubElement(
            tree,
            f"{{{PKG_REL}}}Relationship",
            Id=f"rId{number}",
            Type=type_,
            Target=written,
        )
        if external:
            element.set("TargetMode", "External")
        return f"rId{number}"

    def unrelate(self, source: str, type_: str) -> None:
        """Remove all relations of a type from ``source``."""
        name = rels_name(source)
        self._leading.pop(source, None)
        if name in self._parts:
            tree = self.xml(name)
            for element in list(tree):
                if element.get("Type") == type_:
                    tree.remove(element)

    @property
    def document(self) -> str:
        """The main document part's name, wherever the writing program put it."""
        found = self.related("", REL_DOCUMENT)
        if not found:
            raise TemplateError("Filen är inte en Word-fil (.docx): huvuddokumentet saknas.")
        return found[0]

    def save(self) -> bytes:
        """Zip with fixed order, dates and attributes."""
        names = [x for x in _FIRST if x in self._parts]
        names += [x for x in self.names if x not in _FIRST]
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in names:
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                tree = self._trees.get(name)
                archive.writestr(info, self._parts[name] if tree is None else serialise(tree))
        return target.getvalue()


def rels_name(source: str) -> str:
    """``word/document.xml`` → ``word/_rels/document.xml.rels``."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(source: str, target: str) -> str:
    """A relation's target as a part name."""
    if target.startswith("/"):
        return posixpath.normpath(target[1:])
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def relative(source: str, target: str) -> str:
    """A part name as a relation's target, seen from ``source``."""
    return posixpath.relpath(target, posixpath.dirname(source) or ".")
