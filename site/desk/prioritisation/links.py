# SPDX-License-Identifier: EUPL-1.2
"""Where initiatives are put in order, by the round in which they stand."""

from django.urls import reverse

from casework.initiatives.models import Initiative
from casework.organisation.enums import BodyKind
from casework.planning.models import Round
from ui.links import link


def _round(found: Initiative) -> Round:
    candidacy = found.process.candidacy
    assert candidacy is not None  # only what stands in a round is put in order
    return candidacy.round


@link(Initiative, "transition.merge")
def proposal(found: Initiative) -> str:
    """The city-wide proposal."""
    return reverse("desk_proposal", args=[_round(found).slug])


@link(Initiative, "transition.hand_to_committee")
def committee(found: Initiative) -> str:
    """The proposal's page hands e-services on."""
    return proposal(found)


@link(Initiative, "transition.rank")
def ranking(found: Initiative) -> str:
    """The list of the initiative's area."""
    assert found.service_area is not None  # nothing is ranked without an area
    return reverse("desk_ranking", args=[_round(found).slug, found.service_area.slug])


@link(Initiative, "transition.reopen_list")
def reopening(found: Initiative) -> str:
    """The list's page opens it again."""
    return ranking(found)


@link(Initiative, "transition.recommend")
def council(found: Initiative) -> str:
    """The council's page."""
    return reverse("desk_council", args=[_round(found).slug])


@link(Initiative, "transition.refer_back")
def referring(found: Initiative) -> str:
    """The council's page sends back too."""
    return council(found)


def _city_council(found: Initiative) -> str:
    return reverse("desk_city_council", args=[_round(found).slug])


for _name in ("approve", "approve_in_part", "decline", "defer_decision"):
    link(Initiative, f"transition.{_name}")(_city_council)


@link(Round, f"decides.{BodyKind.DEVELOPMENT_COUNCIL}")
def council_of(found: Round) -> str:
    """Where utvecklingsrådet decides of the round."""
    return reverse("desk_council", args=[found.slug])


@link(Round, f"decides.{BodyKind.CITY_COUNCIL}")
def city_council_of(found: Round) -> str:
    """Where kommunfullmäktige's decisions of the round are noted."""
    return reverse("desk_city_council", args=[found.slug])
