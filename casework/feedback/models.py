# SPDX-License-Identifier: EUPL-1.2
"""Notices to those who follow an initiative or wrote to the city (R39, R64)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import Initiative
from casework.process.models import Step
from casework.register.models import Case


class NoticeState(models.TextChoices):
    """How far a notice has come."""

    WAITING = "waiting", _("Väntar")
    SENT = "sent", _("Skickad")
    FAILED = "failed", _("Kunde inte skickas")


class Notice(models.Model):
    """A message about a decision or a receipt. It carries no case content."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="notices")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="notices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    address = models.EmailField(_("e-post"), blank=True)
    subject = models.CharField(_("ämne"), max_length=200)
    body = models.TextField(_("text"))
    state = models.CharField(
        _("läge"), max_length=10, choices=NoticeState, default=NoticeState.WAITING
    )
    error = models.TextField(_("fel"), blank=True)
    created_at = models.DateTimeField(_("skapad"), auto_now_add=True)
    sent_at = models.DateTimeField(_("skickad"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    tried_at = models.DateTimeField(_("senast försökt"), null=True, blank=True)

    class Meta:
        verbose_name = _("återkoppling")
        verbose_name_plural = _("återkopplingar")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "user"],
                condition=models.Q(step__isnull=False),
                name="notice_once",
            )
        ]

    def __str__(self) -> str:
        return self.subject
