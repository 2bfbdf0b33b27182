# SPDX-License-Identifier: EUPL-1.2
"""Who sends out."""

from __future__ import annotations

from casework.organisation.models import User
from casework.register.models import Case
from casework.register.permissions import may_look_after


def may_dispatch(user: User, case: Case) -> bool:
    """Whether the person sends the case's records out: its officer or registrar."""
    return may_look_after(user, case)
