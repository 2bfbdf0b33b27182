# SPDX-License-Identifier: EUPL-1.2
"""What must be true before a transition; each says in Swedish what is missing.

A condition is a function of the process. ``explain`` turns a failed one into a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Expertise

if TYPE_CHECKING:
    from casework.process.models import Process


def has_case(process: Process) -> bool:
    """It has a diary number."""
    return process.initiative.case_id is not None


def has_area(process: Process) -> bool:
    """It belongs to a service area, so that a group can take it."""
    return process.initiative.service_area_id is not None


def is_eservice(process: Process) -> bool:
    """It is an e-service (R42)."""
    return process.initiative.is_eservice


def all_groups_done(process: Process) -> bool:
    """Every area's list of the cycle is fixed (R34)."""
    cycle = process.cycle
    return (
        cycle is not None
        and cycle.rounds.exists()
        and not cycle.rounds.filter(done_at=None).exists()
    )


def both_expertises(process: Process) -> bool:
    """Both business and IT experts took part in the cycle (R24)."""
    if process.cycle is None:
        return False
    seen = set(process.cycle.participations.values_list("expertise", flat=True))
    return {Expertise.BUSINESS.value, Expertise.IT.value} <= seen


def committee_passed(process: Process) -> bool:
    """An e-service has been prepared by the committee (R42)."""
    return not process.initiative.is_eservice or process.stage == "committee_done"


EXPLANATIONS: dict[Callable[[Process], bool], Promise] = {
    has_case: _("Initiativet har inget diarienummer än."),
    has_area: _("Välj först vilket tjänsteområde initiativet hör till."),
    is_eservice: _("Bara e-tjänster behandlas av utskottet."),
    all_groups_done: _("Alla tjänsteområdesgrupper är inte klara med sin rangordning."),
    both_expertises: _("Sakkunniga i både verksamhet och IT måste ha medverkat."),
    committee_passed: _("En e-tjänst ska först behandlas av utskottet."),
}


def explain(condition: Callable[[Process], bool]) -> str:
    """The sentence shown when the condition does not hold."""
    return str(EXPLANATIONS[condition])
