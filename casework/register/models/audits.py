# SPDX-License-Identifier: EUPL-1.2
"""That somebody had the numbers and the chain of a series computed again, and what was found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.register.models.entries import NumberSeries


class NumberAudit(models.Model):
    """One audit of a series' year. Append-only: what was found then stays found."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="audits")
    year = models.PositiveSmallIntegerField(_("år"))
    at = models.DateTimeField(_("granskad"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    numbers = models.PositiveIntegerField(_("nummer"))
    entries = models.PositiveBigIntegerField(_("händelser"))
    head = models.CharField(_("kedjans sista hash"), max_length=64, blank=True)
    faults = models.JSONField(_("fel"), default=list)

    class Meta:
        verbose_name = _("granskning av nummer")
        verbose_name_plural = _("granskningar av nummer")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["series", "year", "-at"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}, {self.at:%Y-%m-%d}"

    @property
    def subject(self) -> str:
        """Under which the journal tells of it."""
        return f"numberaudit:{self.pk}"
