# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above know that stops a case from being voided or merged.

The register does not know what stands in a round. A room says so from its application's
``ready``: a function that takes the case and gives a Swedish sentence, or an empty text.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError

from casework.register.models import Case

Obstacle = Callable[[Case], str]

_OBSTACLES: dict[str, Obstacle] = {}


def register_obstacle(name: str, obstacle: Obstacle) -> None:
    """Ask this function before a case is voided or merged.

    Raises:
        ValueError: the name is taken by another function.
    """
    if _OBSTACLES.setdefault(name, obstacle) is not obstacle:
        raise ValueError(f"The obstacle {name} is registered already.")


def require_free(case: Case) -> None:
    """Raises ValidationError, with every room's sentence, when something still goes on in it."""
    found = [sentence for obstacle in _OBSTACLES.values() if (sentence := obstacle(case))]
    if found:
        raise ValidationError(found, code="busy")
