# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: who got what."""

from __future__ import annotations

from casework.dispatch.models import Dispatch
from casework.journal.row_audit import KeptTable

CASE_TABLES = (KeptTable(Dispatch, "record__case"),)
"""What hangs on a case and is told under it."""
