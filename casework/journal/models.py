# SPDX-License-Identifier: EUPL-1.2
"""The append-only, hash-chained event log (docs/mechanisms/journal.md).

Every entry belongs to a chain. The entries of a number series form one chain per series and year;
what happens before there is a number goes to the chain of the office. An entry's hash covers its
own content and the hash before it, so a changed, removed or inserted row breaks the chain.
Database triggers refuse UPDATE and DELETE (see the migrations).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

_UTC = dt.UTC

FORMAT = 2
"""How the content of an entry is written for its hash; raised when :func:`canonical` changes."""


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

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="entries", db_index=False)
    position = models.PositiveBigIntegerField(_("plats i kedjan"))
    at = models.DateTimeField(_("tidpunkt"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # nobody asks for a person's events
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
    rows = models.JSONField(
        default=dict,
        help_text=_("Radernas kontrollsummor efter händelsen, per tabell och nyckel."),
    )
    version = models.PositiveSmallIntegerField(default=FORMAT)
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

    def compute_hash(self) -> str:
        """SHA-256 over the previous hash and the content, as hexadecimal digits."""
        return hash_of(self.previous_hash, tuple(getattr(self, name) for name in HASHED))


HASHED = (
    "version",
    "chain_id",
    "position",
    "at",
    "actor_id",
    "action",
    "object_type",
    "object_id",
    "subject",
    "before",
    "after",
    "reason",
    "rows",
)
"""What the hash of an entry covers, in this order."""


def hash_of(previous: str, values: Sequence[Any]) -> str:
    """The hash of an entry whose values stand in the order of :data:`HASHED`."""
    listed = list(values)
    # Both databases return an instant unchanged, though not in the same zone.
    listed[3] = listed[3].astimezone(tz=_UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{previous}\n{canonical(listed)}".encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON in one writing only: what is hashed must come back from both databases the same."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
