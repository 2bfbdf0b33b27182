# SPDX-License-Identifier: EUPL-1.2
"""How the diary tells the rooms above it that something changed.

The signals are sent inside the transaction of the change. Search answers by writing its outbox
row there, so the two commit together (docs/mechanisms/outbox.md).
"""

from django.dispatch import Signal

changed = Signal()
"""Arguments: ``instance`` (a case or an earlier decision), ``change_number``, ``deleted``,
``narrows``: what was told before may no longer be told."""

changed_many = Signal()
"""For many at once. Arguments: ``sender`` the model, ``rows``: a list of (pk, change_number)."""

filed = Signal()
"""A record was filed in a case that there was. Arguments: ``record``, ``actor``."""

assigned = Signal()
"""A case was given to an officer or a unit. Arguments: ``case``, ``actor``."""

merged = Signal()
"""A case goes on under another's number. Arguments: ``case``, ``into``, ``actor``."""
