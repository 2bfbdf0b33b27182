# SPDX-License-Identifier: EUPL-1.2
"""Finding what a page is about, or answering as if it did not exist; roles asked often."""

from __future__ import annotations

from django.http import Http404

from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.process.models import Process
from casework.process.worklist import visible_processes
from casework.register.models import Case


def case_or_404(user: User, pk: int) -> Case:
    """The case if the person may see it; otherwise it does not exist."""
    case = (
        Case.objects.visible_to(user)
        .select_related("entry__series", "authority", "service_area", "officer")
        .prefetch_related("audience")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404
    return case


def initiative_or_404(user: User, pk: int) -> Initiative:
    """The initiative if the person may see it; otherwise it does not exist."""
    process: Process | None = visible_processes(user).filter(initiative=pk).first()
    if process is None:
        raise Http404
    initiative = process.initiative
    initiative.process = process
    return initiative


def has_role(user: User, role: str, case: Case) -> bool:
    """Whether the person has the role at the case's authority today.

    Asked often on one page, so the answer is remembered on the user object, which lives as long as
    the request. Services ask the database themselves before they do anything.
    """
    remembered: frozenset[tuple[str, int | None]] | None = getattr(user, "_desk_roles", None)
    if remembered is None:
        rows = user.appointments.in_force().values_list("role", "authority_id")
        remembered = frozenset(rows)
        user._desk_roles = remembered  # type: ignore[attr-defined]
    return (role, case.authority_id) in remembered


def may_handle(user: User, case: Case) -> bool:
    """Whether the person is the case's officer, or one of the authority's while it has none."""
    return has_role(user, Role.OFFICER, case) and case.officer_id in (None, user.pk)
