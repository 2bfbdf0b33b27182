# SPDX-License-Identifier: EUPL-1.2
"""The ordered lists: each area's ranking (R33, R57) and the city-wide proposal (R34, R58)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import Initiative
from casework.process.models import Cycle, GroupRound


class RankedItem(models.Model):
    """A place on an area's list."""

    round = models.ForeignKey(GroupRound, models.PROTECT, related_name="items")
    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="ranked_item")
    position = models.PositiveSmallIntegerField(_("plats"))
    reason = models.TextField(_("motivering"), blank=True)

    class Meta:
        verbose_name = _("plats i områdets rangordning")
        verbose_name_plural = _("områdets rangordning")
        ordering = ["round", "position"]

    def __str__(self) -> str:
        return f"{self.position}. {self.initiative}"


class Proposal(models.Model):
    """Stadsledningskontoret's city-wide proposal of a cycle (R34–R36)."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="proposal")
    frame_tkr = models.PositiveIntegerField(_("ram"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("överlämnat till utvecklingsrådet"))
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("stadens gemensamma förslag")
        verbose_name_plural = _("stadens gemensamma förslag")

    def __str__(self) -> str:
        return f"{self.cycle}"


class ProposalItem(models.Model):
    """A place on the city-wide list, and why it stands there."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="items")
    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="proposal_item")
    position = models.PositiveSmallIntegerField(_("plats"))
    reason = models.TextField(_("motivering"), blank=True)

    class Meta:
        verbose_name = _("plats i stadens förslag")
        verbose_name_plural = _("stadens förslag")
        ordering = ["proposal", "position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="proposal_position")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.initiative}"
