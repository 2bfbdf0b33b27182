# SPDX-License-Identifier: EUPL-1.2
"""The worker's sign of life, and reports that the site cannot be used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class FaultReport(models.Model):
    """Somebody could not use the site and says so; the law wants that to be easy (DOS-lagen)."""

    text = models.TextField(_("vad som inte fungerade"))
    address = models.CharField(_("var på webbplatsen"), max_length=300, blank=True)
    contact = models.CharField(_("dit svaret ska"), max_length=200, blank=True)
    reported_at = models.DateTimeField(_("anmält"), auto_now_add=True)
    handled_at = models.DateTimeField(_("åtgärdat"), null=True, blank=True)

    panels = [
        FieldPanel("text", read_only=True),
        FieldPanel("address", read_only=True),
        FieldPanel("contact", read_only=True),
        FieldPanel("handled_at"),
    ]

    class Meta:
        verbose_name = _("felanmälan")
        verbose_name_plural = _("felanmälningar")
        ordering = ["handled_at", "-reported_at"]

    def __str__(self) -> str:
        return f"{self.reported_at:%Y-%m-%d} {self.text[:60]}"


class WorkerHeartbeat(models.Model):
    """One row per worker name, rewritten every few seconds while it runs."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    beat_at = models.DateTimeField(_("senast hörd"))

    class Meta:
        verbose_name = _("livstecken från bakgrundsprocessen")
        verbose_name_plural = _("livstecken från bakgrundsprocessen")

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M:%S}"
