# SPDX-License-Identifier: EUPL-1.2
"""Where the public diary shows things."""

from django.urls import reverse

from casework.register.models import EarlierDecision, PublicCase
from casework.register.services.projections import public_slug
from search.results import Hit
from ui.links import link


@link(PublicCase, "public")
def public_case(case: PublicCase) -> str:
    """The public page of a case."""
    return reverse("public_case", args=[case.slug])


@link(EarlierDecision, "public")
def earlier_decision(decision: EarlierDecision) -> str:
    """The page of a decision from before the diary."""
    return reverse("earlier_decision", args=[decision.pk])


@link(Hit, "public")
def hit(found: Hit) -> str:
    """The public page of what a search found."""
    if found.kind == "decision":
        return earlier_decision(EarlierDecision(pk=found.pk))
    return reverse("public_case", args=[public_slug(found.dnr)])
