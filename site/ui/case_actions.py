# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case beside its way through the model.

Notions register such things in their ``case_actions.py``; the case page offers them, and one view
of the register shows the form and calls the service. Who may is the room's permission, which the
service asks too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from casework.organisation.models import User
from casework.register.models import Case
from ui.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class CaseAction:
    """One such thing.

    Attributes:
        label: the verb.
        form: makes the form of (data, case=…).
        call: carries it out with (case, form, actor); the form is valid. It may return a sentence
            of what the person should know.
        may: whether the person may, asked of the room's permissions.
        offered: whether it makes sense for the case as it is, asked with its file.
        order: its place among the others.
        page: the name of the address of a page of its own, where a form is not enough.
        for_user: whether the form is made for a person (``user=…``) too.
        when_shut: whether it makes sense for a case that is void or joined into another.
    """

    label: Promise
    form: Callable[..., forms.Form]
    call: Callable[[Case, Any, User], str | None]
    may: Callable[[User, Case], bool]
    order: int
    offered: Callable[[Case, CaseFile], bool] = lambda case, file: True
    page: str = ""
    for_user: bool = False
    when_shut: bool = False


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


def offered_to(user: User, file: CaseFile) -> list[tuple[str, CaseAction]]:
    """What the person may do with the case, in order."""
    case = file.case
    if case is None:
        return []
    offered = [
        (name, action)
        for name, action in _ACTIONS.items()
        if (case.is_live or action.when_shut)
        and action.may(user, case)
        and action.offered(case, file)
    ]
    return sorted(offered, key=lambda pair: pair[1].order)


class EmptyForm(forms.Form):
    """Nothing is asked; only the button."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


def nothing(case: Case, form: Any, actor: User) -> None:
    """Of an action with a page of its own, which does it."""


def of_case(form: type[forms.Form]) -> Callable[..., forms.Form]:
    """A form that does not care about the case."""

    def make(data: Any = None, *, case: Case, **kwargs: Any) -> forms.Form:
        return form(data, **kwargs)

    return make
