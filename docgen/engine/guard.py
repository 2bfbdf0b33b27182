# SPDX-License-Identifier: EUPL-1.2
"""Looks at an Office file from outside before anything opens it: the gate of all files."""

from __future__ import annotations

from typing import IO

from casework.register.gate import BROKEN_OFFICE, NOT_OFFICE, inspect_office
from casework.register.packages import UnsafePackage
from docgen.engine.errors import UnsafeFile

NOT_WORD = "Filen är inte en Word-fil (.docx)."
BROKEN_WORD = "Filen är inte en hel Word-fil (.docx)."
WORDS = {NOT_OFFICE: NOT_WORD, BROKEN_OFFICE: BROKEN_WORD}
"""The gate speaks of all kinds of Office files; here only one of them is taken."""


def inspect_ooxml(fileobj: IO[bytes]) -> None:
    """Raise :class:`UnsafeFile` with a Swedish reason unless the file may be opened.

    Reads from the start and leaves the position there.
    """
    try:
        inspect_office(fileobj)
    except UnsafePackage as error:
        raise UnsafeFile(WORDS.get(str(error), str(error))) from error
    except (ValueError, OSError) as error:
        raise UnsafeFile(BROKEN_WORD) from error
