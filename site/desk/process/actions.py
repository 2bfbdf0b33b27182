# SPDX-License-Identifier: EUPL-1.2
"""The decisions that a person can take from the page of a case, and what is missing before."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.initiatives.enums import ScopeReason
from casework.initiatives.models import Initiative
from casework.initiatives.services import suggest_scope
from casework.organisation.models import User
from casework.process import mandates
from casework.process.enums import Stage
from casework.process.models import Process
from casework.process.services import missing_for
from casework.process.transitions import forward_from, spec_of
from ui.links import find_url


@dataclass(frozen=True, slots=True)
class Action:
    """A decision that can be taken from here, or what is missing before it can."""

    name: str
    label: str
    url: str
    missing: list[str]
    is_negative: bool
    who: str


def actions_for(process: Process, user: User) -> list[Action]:
    """The transitions that lead on and that this person may decide, the main one first."""
    actions = []
    for name in mandates.open_transitions(process, user):
        spec = spec_of(name)
        page = find_url(process.initiative, f"transition.{name}")
        url = page or reverse("desk_decide", args=[process.initiative_id, name])
        actions.append(
            Action(
                name=name,
                label=str(spec.label),
                url=url,
                missing=missing_for(process, name) if name != "register" else [],
                is_negative=spec.is_negative,
                who=mandates.words(process, spec.mandate),
            )
        )
    return sorted(actions, key=lambda action: action.is_negative)


def task_of(process: Process) -> str:
    """The work that comes next, as the work list says it."""
    name = forward_from(process)
    return spec_of(name).task_words() if name else ""


def scope_hint(initiative: Initiative) -> str:
    """What R1–R4 point to while the officer judges it; the officer decides."""
    if initiative.process.stage != Stage.REGISTERED:
        return ""
    return _("Uppgifterna talar för: %(ground)s.") % {
        "ground": ScopeReason(suggest_scope(initiative)).label
    }
