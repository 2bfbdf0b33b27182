# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case beside its way through the model.

Notions register such things in their ``case_actions.py``; the case page offers them, and one view
of the register shows the form and calls the service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.register.models import Case
from ui.lookups import has_role, may_handle


@dataclass(frozen=True, slots=True)
class CaseAction:
    """One such thing: its words, its form, who may, when it is offered, what it calls."""

    label: Promise
    form: Callable[..., forms.Form]
    call: Callable[..., Any]
    order: int
    officer_may: bool = True
    offered: Callable[[Case], bool] = lambda case: True
    needs_case: bool = False


_ACTIONS: dict[str, CaseAction] = {}


def register_case_action(name: str, action: CaseAction) -> CaseAction:
    """Offer something to do with a case; its name stands in the address.

    Raises:
        ValueError: the name is taken.
    """
    if name in _ACTIONS:
        raise ValueError(f"{name!r} is something to do with a case already")
    _ACTIONS[name] = action
    return action


def action_named(name: str) -> CaseAction | None:
    """The thing with that name."""
    return _ACTIONS.get(name)


def offered_to(user: User, case: Case) -> list[tuple[str, CaseAction]]:
    """What the person may do with the case, in order."""
    registrar, officer = has_role(user, Role.REGISTRAR, case), may_handle(user, case)
    offered = [
        (name, action)
        for name, action in _ACTIONS.items()
        if (registrar or (officer and action.officer_may)) and action.offered(case)
    ]
    return sorted(offered, key=lambda pair: pair[1].order)
