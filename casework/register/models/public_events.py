# SPDX-License-Identifier: EUPL-1.2
"""What the public may know of what happened in a case, as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Body
from casework.register.enums import DayPrecision
from casework.register.models.cases import Case


class PublicEvent(models.Model):
    """One public event of a case. It names a body, never a person (OSL 5:2).

    It is written with the step itself, whether the case is published or not, so a case that is
    published late, hidden or published again always tells the same.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="public_events")
    key = models.CharField(max_length=60)
    source = models.CharField(
        max_length=40, blank=True, help_text=_("Vad i rummen ovanför som händelsen berättar om.")
    )
    stage = models.CharField(max_length=40, blank=True)
    from_stage = models.CharField(max_length=40, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    body_name = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    day_precision = models.CharField(max_length=5, choices=DayPrecision, default=DayPrecision.DAY)
    reason = models.TextField(blank=True)
    opinion = models.CharField(max_length=40, blank=True)
    amount_tkr = models.PositiveIntegerField(null=True, blank=True)
    occasion = models.CharField(max_length=40, blank=True)
    budget_year = models.PositiveSmallIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True, help_text=_("Ordagrant, ur en äldre källa."))

    class Meta:
        verbose_name = _("offentlig händelse")
        verbose_name_plural = _("offentliga händelser")
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.key}"
