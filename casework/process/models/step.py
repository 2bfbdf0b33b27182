# SPDX-License-Identifier: EUPL-1.2
"""What was decided on the way (R39)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import Initiative
from casework.meetings.models import Decision
from casework.organisation.models import Body
from casework.planning.enums import Occasion
from casework.process.enums import (
    Opinion,
    Stage,
)
from casework.process.models.candidacy import Candidacy


class Step(models.Model):
    """One decision on the way: who, by which mandate, when and why (R39, R52).

    Permanent; only the day follows when the decision's day is corrected.

    ``transition``, ``from_stage`` and ``to_stage`` are of the machine that was moved: the
    candidacy when there is one, else the life; ``life_to`` says where that left the life.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="steps")
    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    transition = models.CharField(_("beslut"), max_length=40)
    from_stage = models.CharField(_("från"), max_length=20)
    to_stage = models.CharField(_("till"), max_length=20)
    life_to = models.CharField(max_length=20, choices=Stage)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="steps", verbose_name=_("av")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("organ")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    mandate = models.CharField(_("mandat"), max_length=200)
    decided_on = models.DateField(_("beslutat"))
    at = models.DateTimeField(_("registrerat"))
    reason = models.TextField(_("skäl"), blank=True)
    opinion = models.CharField(_("ställningstagande"), max_length=10, choices=Opinion, blank=True)
    occasion = models.CharField(_("tillfälle"), max_length=10, choices=Occasion, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budgetår"), null=True, blank=True)
    reference = models.CharField(_("hänvisning"), max_length=200, blank=True)
    amount_tkr = models.PositiveIntegerField(_("belopp"), null=True, blank=True)

    class Meta:
        verbose_name = _("steg")
        verbose_name_plural = _("steg")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.transition} {self.decided_on}"

    @property
    def source(self) -> str:
        """Under which what other rooms tell of the step names it: its reason, its public event."""
        return f"step-{self.pk}"
