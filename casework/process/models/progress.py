# SPDX-License-Identifier: EUPL-1.2
"""What became of a decision: the reports of each tertial, and the programme of e-services."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import Initiative
from casework.planning.models import Cycle
from casework.process.enums import Light


class Progress(models.Model):
    """A report of one tertial about an initiative that is carried out (R40). Permanent.

    The newest of a tertial holds; a correction is a new one.

    Attributes:
        spent_tkr: what has been spent since the start, in thousands of kronor.
        benefits: the benefit as it is now, a level by the code of a group; what nobody has
            measured yet is not there.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="progress")
    year = models.PositiveSmallIntegerField(_("år"))
    tertial = models.PositiveSmallIntegerField(_("tertial"))
    light = models.CharField(_("läge"), max_length=8, choices=Light)
    words = models.TextField(_("beskrivning"))
    spent_tkr = models.PositiveIntegerField(_("förbrukat hittills"))
    benefits = models.JSONField(_("nytta hittills"), default=dict, blank=True)
    mandate = models.CharField(_("mandat"), max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("av")
    )
    at = models.DateTimeField(_("skrivet"))

    class Meta:
        verbose_name = _("lägesrapport")
        verbose_name_plural = _("lägesrapporter")
        ordering = ["initiative", "year", "tertial", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tertial__gte=1, tertial__lte=3), name="progress_tertial"
            )
        ]

    def __str__(self) -> str:
        return f"T{self.tertial} {self.year}: {self.get_light_display()}"


class Programme(models.Model):
    """What the committee says of all e-services of a year together (R15)."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="programme")
    goals = models.TextField(_("mål"), blank=True)
    risks = models.TextField(_("risker"), blank=True)
    resources = models.TextField(_("resurser"), blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sparat av")
    )
    saved_at = models.DateTimeField(_("sparat"))

    class Meta:
        verbose_name = _("e-tjänsteprogram")
        verbose_name_plural = _("e-tjänsteprogram")

    def __str__(self) -> str:
        return str(self.cycle)
