# SPDX-License-Identifier: EUPL-1.2
"""What must be true before a transition; each says in Swedish what is missing.

A condition is a function of the row of its machine. :func:`explain` turns a failed one into a
sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.consultation.selectors import expertise_complete, is_settled
from casework.planning.models import RoundArea
from casework.process.enums import FUNDED_STAGES, GROUP_WORK, Stage, Standing

if TYPE_CHECKING:
    from casework.process.models import Candidacy, Process


def has_case(process: Process) -> bool:
    """It has a diary number."""
    return process.initiative.case_id is not None


def not_reconsidered(process: Process) -> bool:
    """What is outside the model is reconsidered once."""
    again = ("reconsider_scope", "uphold_scope")
    return not process.initiative.steps.filter(transition__in=again).exists()


def not_in_others_lists(process: Process) -> bool:
    """Its area's list is not fixed with it; after that it is part of others' decisions."""
    candidacy = process.live_candidacy
    return candidacy is None or candidacy.stage in {
        Standing.ENTERED,
        *GROUP_WORK,
        Standing.ADMITTED,
    }


def round_is_open(candidacy: Candidacy) -> bool:
    """Work goes on in its round."""
    return candidacy.round.is_open


def scope_accepted(candidacy: Candidacy) -> bool:
    """The officer has found that the model covers it, or it is a supplement (R1–R3, R38)."""
    stage = candidacy.initiative.process.stage
    return stage == Stage.IN_PREPARATION or stage in FUNDED_STAGES


def has_area(candidacy: Candidacy) -> bool:
    """It belongs to a service area, so that a group can take it."""
    return candidacy.initiative.service_area_id is not None


def area_takes_part(candidacy: Candidacy) -> bool:
    """Its area takes part in its round, which is open."""
    return (
        candidacy.round.is_open
        and RoundArea.objects.filter(
            round=candidacy.round_id, service_area=candidacy.initiative.service_area_id
        ).exists()
    )


def consulted(candidacy: Candidacy) -> bool:
    """There is a remiss, or a stated reason why none is held (R65)."""
    case = candidacy.initiative.case
    return case is not None and is_settled(case)


def list_is_open(candidacy: Candidacy) -> bool:
    """Its area's list in the round is not fixed."""
    return not RoundArea.objects.filter(
        round=candidacy.round_id,
        service_area=candidacy.initiative.service_area_id,
        fixed_at__isnull=False,
    ).exists()


def not_handed_over(candidacy: Candidacy) -> bool:
    """The round's proposal is not with utvecklingsrådet."""
    return not (
        type(candidacy)
        .objects.filter(
            round=candidacy.round_id, stage__in=[Standing.IN_PROPOSAL, Standing.RECOMMENDED]
        )
        .exists()
    )


def is_eservice(candidacy: Candidacy) -> bool:
    """It is an e-service (R42)."""
    return candidacy.initiative.is_eservice


def all_groups_done(candidacy: Candidacy) -> bool:
    """Every area's list of the round is fixed (R34)."""
    areas = candidacy.round.areas.all()
    return bool(areas) and all(area.is_fixed for area in areas)


def both_expertises(candidacy: Candidacy) -> bool:
    """Both business and IT experts took part in its preparation (R23, R24)."""
    return expertise_complete(candidacy.initiative)


def committee_passed(candidacy: Candidacy) -> bool:
    """An e-service has been prepared by the committee, in this round (R42)."""
    return (
        not candidacy.initiative.is_eservice
        or candidacy.stage == Standing.COMMITTEE_DONE
        or candidacy.has_committee_opinion
    )


EXPLANATIONS: dict[Callable[[Any], bool], Promise] = {
    has_case: _("Initiativet har inget diarienummer än."),
    not_reconsidered: _("Beslutet är redan omprövat. Det görs en gång."),
    not_in_others_lists: _(
        "Områdets lista är fastställd. Initiativet är en del av andras beslut och kan inte "
        "återkallas."
    ),
    round_is_open: _("Omgången är inte öppen."),
    scope_accepted: _("Bedöm först om modellen omfattar initiativet."),
    has_area: _("Välj först vilket tjänsteområde initiativet hör till."),
    area_takes_part: _(
        "Omgången är inte öppen för tjänsteområdet. Vänta tills den öppnas, eller skjut upp "
        "initiativet till en annan omgång."
    ),
    consulted: _("Remittera initiativet, eller ange varför ingen remiss hålls."),
    list_is_open: _(
        "Områdets lista är fastställd. Ordföranden kan öppna den igen, eller så skjuts "
        "initiativet upp till en senare omgång."
    ),
    not_handed_over: _("Förslaget är överlämnat till utvecklingsrådet. Listan kan inte öppnas."),
    is_eservice: _("Bara e-tjänster behandlas av utskottet."),
    all_groups_done: _("Någon tjänsteområdesgrupp är inte klar med sin rangordning."),
    both_expertises: _(
        "Sakkunniga i både verksamhet och IT, två olika personer, ska ha yttrat sig."
    ),
    committee_passed: _("En e-tjänst ska först behandlas av utskottet."),
}


def explain(condition: Callable[[Any], bool]) -> str:
    """The sentence shown when the condition does not hold."""
    return str(EXPLANATIONS[condition])
