# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above know of a case: that it cannot be voided, or what its end lacks.

The register does not know what stands in a round. A room says so from its application's
``ready``: a function that takes the case and gives a Swedish sentence, or an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

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


def require_live(case: Case) -> None:
    """Raises ValidationError when the case is void or joined into another: work goes on elsewhere.

    Into which is not said here, since the person may not be let in to that one.
    """
    if case.is_void:
        raise ValidationError(_("%(dnr)s är makulerat.") % {"dnr": case.dnr}, code="void")
    if not case.is_live:
        raise ValidationError(
            _("%(dnr)s är sammanfört med ett annat ärende.") % {"dnr": case.dnr}, code="merged"
        )


class Missing(NamedTuple):
    """Something that should be done before a case is closed.

    Attributes:
        code: which kind it is.
        sentence: what it is and what to do, in Swedish.
        thing: what it is about, so that a page can lead to where it is mended.
    """

    code: str
    sentence: str
    thing: Model | None = None


ClosingCheck = Callable[[Case], Iterable[Missing]]

_CLOSING_CHECKS: dict[str, ClosingCheck] = {}


def register_closing_check(name: str, check: ClosingCheck) -> None:
    """Ask this function what a case lacks before it is closed.

    Raises:
        ValueError: the name is taken by another function.
    """
    if _CLOSING_CHECKS.setdefault(name, check) is not check:
        raise ValueError(f"The check {name} is registered already.")


def missing_for_closing(case: Case) -> list[Missing]:
    """All that the rooms say is missing."""
    return [missing for check in _CLOSING_CHECKS.values() for missing in check(case)]


Holder = Callable[[Case], bool]

_HOLDERS: dict[str, Holder] = {}


def register_holder(name: str, holder: Holder) -> None:
    """Ask this function whether a room keeps texts of the case that no disposal would reach.

    Raises:
        ValueError: the name is taken by another function.
    """
    if _HOLDERS.setdefault(name, holder) is not holder:
        raise ValueError(f"The holder {name} is registered already.")


def is_held(case: Case) -> bool:
    """Whether any room keeps something of the case beside its records."""
    return any(holder(case) for holder in _HOLDERS.values())
