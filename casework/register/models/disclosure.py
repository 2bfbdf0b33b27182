# SPDX-License-Identifier: EUPL-1.2
"""Requests to see a record (TF 2:18)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DisclosureRequest(models.Model):
    """Somebody asks for a record. Nobody must say who they are (TF 2:18); no identity is kept."""

    number = models.CharField(_("diarienummer"), max_length=70, blank=True)
    text = models.TextField(_("vad som begärs"))
    contact = models.CharField(_("dit svaret ska"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("begärt"))
    answered_at = models.DateTimeField(_("besvarat"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("svar"), blank=True)

    #: Not even a checksum of who asks (TF 2:18).
    NOT_TOLD = frozenset({"contact"})

    class Meta:
        verbose_name = _("begäran om utlämnande")
        verbose_name_plural = _("begäranden om utlämnande")
        ordering = ["answered_at", "requested_at"]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.requested_at:%Y-%m-%d}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"disclosure:{self.pk}"
