# SPDX-License-Identifier: EUPL-1.2
"""What the worker does daily for orders of records."""

from __future__ import annotations

from casework.disclosure.services import forget_contacts as forget


def forget_contacts() -> int:
    """Erase the addresses of orders whose receipts have had their time; returns how many."""
    return forget()
