# SPDX-License-Identifier: EUPL-1.2
"""The matrix as people read it: a table a room, with a column for each that may something there."""

from __future__ import annotations

from casework.process.specs import Mandate
from tests.rights.matrix import ASKED_BEFORE, EVERYBODY, MATRIX, OF_MANDATE, Who
from tests.rights.people import COLUMNS

HEAD = """\
# Who may do what

Made from `tests/rights/`, which calls each service as each role, where the matter is and
elsewhere, and compares. Roles count at the authority, in the area and in the body of the
matter. Of utvecklingsrådet, utskottet, stadsledningskontoret and KF a city has one at a time.
The software itself (`actor=None`) may everything. Beside the right a service asks the state.

A table has a column for each that may something in the room; all others may nothing there.
Tried as well: """


def _table(rows: dict[str, Who]) -> list[str]:
    some = [who for who in rows.values() if who != EVERYBODY]
    shown = [key for key in COLUMNS if any(key in who for who in some)]
    lines = [
        "| | " + " | ".join(COLUMNS[key] for key in shown) + " | everybody else |",
        "|---" * (len(shown) + 2) + "|",
    ]
    for name, who in rows.items():
        service, _colon, rest = name.partition(":")
        marks = ["yes" if key in who else "–" for key in shown]
        lines.append(
            f"| `{service}`{rest} | " + " | ".join(marks)
            + (" | yes |" if who == EVERYBODY else " | – |")
        )  # fmt: skip
    return lines


def page() -> str:
    """The whole page."""
    columns = ", ".join(COLUMNS.values())
    lines = [f"{HEAD}{columns}."]
    for room, rows in MATRIX.items():
        lines += ["", f"## {room}", "", *_table(rows)]
        if asked := sorted(ASKED_BEFORE.get(room, ())):
            names = ", ".join(f"`{name}`" for name in asked)
            lines += ["", f"Called by services that have asked, or by the software: {names}."]
    lines += ["", "## The steps of the machines, by the mandate in their spec", ""]
    lines += _table({f"{Mandate(key).value}": who for key, who in OF_MANDATE.items()})
    return "\n".join([*lines, ""])
