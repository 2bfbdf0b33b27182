# SPDX-License-Identifier: EUPL-1.2
"""Decisions made before the register; public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Authority


class EarlierDecision(models.Model):
    """A decision made before the register, imported to be searched; public."""

    external_id = models.CharField(max_length=400, unique=True)
    number = models.CharField(_("beteckning"), max_length=120, blank=True)
    dnr = models.CharField(_("diarienummer"), max_length=120, blank=True)
    key = models.CharField(max_length=60, blank=True, db_index=True)
    loose_key = models.CharField(max_length=30, blank=True, db_index=True)
    title = models.TextField(_("titel"))
    date = models.DateField(_("datum"), null=True, blank=True, db_index=True)
    decision_type = models.CharField(_("typ"), max_length=80, blank=True)
    author = models.CharField(_("avsändare"), max_length=400, blank=True)
    dept = models.CharField(_("organ"), max_length=400, blank=True)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("källa"), max_length=500, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="earlier_decisions"
    )
    content_hash = models.CharField(max_length=64, editable=False)
    change_number = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("tidigare beslut")
        verbose_name_plural = _("tidigare beslut")
        ordering = ["-date", "pk"]

    def __str__(self) -> str:
        return self.title
