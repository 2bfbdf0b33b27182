# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: every list as it was left, and the money given."""

from __future__ import annotations

from collections.abc import Iterator

from casework.journal.row_audit import KeptTable, owner_faults
from casework.planning.models import Round
from casework.prioritisation.models import Funding, ListItem, OrderedList

LIST_TABLES = (KeptTable(OrderedList, "pk"), KeptTable(ListItem, "list"))
ROUND_TABLES = (KeptTable(Funding, "candidacy__round"),)


def list_faults() -> Iterator[str]:
    """Lists, places and reasons that are not what the services left (R33, R34, R36)."""
    yield from owner_faults(OrderedList, LIST_TABLES, prefix="list", name=str)


def funding_faults() -> Iterator[str]:
    """Money that kommunfullmäktige did not give so (R37)."""
    yield from owner_faults(Round, ROUND_TABLES, prefix="round", name=str)
