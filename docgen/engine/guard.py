# SPDX-License-Identifier: EUPL-1.2
"""Looks at an Office file from outside before anything opens it: the gate of all files."""

from __future__ import annotations

from typing import IO

from casework.register.gate import inspect_office
from casework.register.packages import UnsafePackage
from docgen.engine.errors import UnsafeFile


def inspect_ooxml(fileobj: IO[bytes]) -> None:
    """Raise :class:`UnsafeFile` with a Swedish reason unless the file may be opened.

    Reads from the start and leaves the position there.
    """
    try:
        inspect_office(fileobj)
    except UnsafePackage as error:
        raise UnsafeFile(str(error)) from error
    except (ValueError, OSError) as error:
        raise UnsafeFile("Filen är inte en hel Office-fil (.docx, .xlsx eller .pptx).") from error
