# SPDX-License-Identifier: EUPL-1.2
"""The append-only, hash-chained event log (DESIGN decision 5).

Every entry belongs to a chain. The entries of a number series form one chain per series and year;
what happens before there is a number goes to the chain of the office. An entry's hash covers its
own content and the hash before it, so a changed, removed or inserted row breaks the chain.
Database triggers refuse UPDATE and DELETE (see the migrations).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

_UTC = dt.UTC


class Chain(models.Model):
    """The head of a chain: how long it is and the last hash."""

    key = models.CharField(primary_key=True, max_length=60)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("händelsekedja")
        verbose_name_plural = _("händelsekedjor")

    def __str__(self) -> str:
        return self.key


class JournalEntry(models.Model):
    """One event: who did what, when, before and after, and why."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="entries")
    position = models.PositiveBigIntegerField(_("plats i kedjan"))
    at = models.DateTimeField(_("tidpunkt"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("vem"),
    )
    action = models.CharField(_("händelse"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=60, blank=True, help_text=_("Det ärende eller initiativ som händelsen hör till.")
    )
    before = models.JSONField(_("före"), default=dict)
    after = models.JSONField(_("efter"), default=dict)
    reason = models.TextField(_("skäl"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="journal_position")
        ]
        indexes = [
            models.Index(fields=["subject", "-at"], name="journal_subject"),
            models.Index(fields=["object_type", "object_id"], name="journal_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def content(self) -> dict[str, Any]:
        """What the hash covers, in a form that both databases return unchanged."""
        return {
            "chain": self.chain_id,
            "position": self.position,
            "at": self.at.astimezone(tz=_UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_id,
            "action": self.action,
            "object": [self.object_type, self.object_id],
            "subject": self.subject,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
        }

    def compute_hash(self) -> str:
        """SHA-256 over the previous hash and the content, as hexadecimal digits."""
        text = json.dumps(self.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{self.previous_hash}\n{text}".encode()).hexdigest()
