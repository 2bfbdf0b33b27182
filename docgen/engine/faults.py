# SPDX-License-Identifier: EUPL-1.2
"""What the check of a template finds."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.engine.ooxml import Element


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: a stable code, a Swedish sentence and where it is."""

    code: str
    message: str
    part: str = ""
    warning: bool = False
    element: Element | None = None

    def __str__(self) -> str:
        kind = "Varning" if self.warning else "Fel"
        place = f" [{self.part}]" if self.part else ""
        return f"{kind} {self.code}: {self.message}{place}"

    @property
    def sentence(self) -> str:
        """What a page tells: the code and the part of the file are for whoever mends a program."""
        return f"Varning: {self.message}" if self.warning else self.message
