# SPDX-License-Identifier: EUPL-1.2
"""The custom XML behind bound controls.

Word shows a bound control's value from the custom XML and not from the page, so both sides are
written. What a template carries in its store from earlier use is emptied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.engine.ooxml import DS, Element, attribute, clean_text, w
from docgen.engine.package import Package

STORE_NAMESPACE = "urn:initiativ:report:1"
_STEP = re.compile(r"/(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=\s*(['\"])(.*?)\2")


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a control's value lives: the store and the path of names in it."""

    store: str
    steps: tuple[tuple[str, int], ...]


def binding_of(control: Element) -> Binding | None:
    """The control's binding, or nothing when it has none or an unusual one."""
    element = control.find(f"{w('sdtPr')}/{w('dataBinding')}")
    if element is None:
        return None
    path = attribute(element, "xpath") or ""
    prefixes = {x[0]: x[2] for x in _PREFIX.findall(attribute(element, "prefixMappings") or "")}
    steps = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            return None
        prefix, name, number = match.groups()
        namespace = prefixes.get(prefix or "", "")
        steps.append((f"{{{namespace}}}{name}" if namespace else name, int(number or 1)))
        position = match.end()
    return Binding((attribute(element, "storeItemID") or "").upper(), tuple(steps))


class Stores:
    """The custom XML parts of a file by their store id."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.parts: dict[str, str] = {}
        for relation in package.relations(package.document):
            if not relation.type.endswith("/customXml") or relation.external:
                continue
            for props in package.relations(relation.target):
                if props.type.endswith("/customXmlProps") and props.target in package:
                    store = package.xml(props.target).get(f"{{{DS}}}itemID", "").upper()
                    self.parts[store] = relation.target

    def node(self, binding: Binding) -> Element | None:
        """The element that a binding points at."""
        part = self.parts.get(binding.store)
        if part is None or not binding.steps:
            return None
        element = self._package.xml(part)
        if element.tag != binding.steps[0][0]:
            return None
        for name, number in binding.steps[1:]:
            found = element.findall(name)
            if len(found) < number:
                return None
            element = found[number - 1]
        return element

    def write(self, binding: Binding, text: str) -> None:
        """Set the stored value, when the binding leads anywhere."""
        node = self.node(binding)
        if node is not None:
            node.text = clean_text(text)

    def empty_own(self) -> None:
        """Blank every value of our own store before it is filled."""
        for part in self.parts.values():
            root = self._package.xml(part)
            if root.tag.startswith(f"{{{STORE_NAMESPACE}}}"):
                for element in root.iter():
                    if len(element) == 0:
                        element.text = None
