# SPDX-License-Identifier: EUPL-1.2
"""The outbox: changes that the index has not heard of yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ObjectType(models.TextChoices):
    """Which table an outbox row points into."""

    CASE = "case", _("Ärende")
    DECISION = "decision", _("Tidigare beslut")


class OutboxState(models.TextChoices):
    """Whether a change waits, or was set aside."""

    PENDING = "pending", _("Väntar")
    PARKED = "parked", _("Parkerad")


class OutboxRow(models.Model):
    """One change of one object, written in the transaction of the change.

    The row says only that something changed: the worker reads the object again and sends its
    present state, so rows may be handled in any order and together. A row that keeps failing is
    parked where it can be seen, and does not stand in the way of the others.
    """

    object_type = models.CharField(_("slag"), max_length=12, choices=ObjectType)
    object_id = models.BigIntegerField(_("objekt"))
    change_number = models.PositiveBigIntegerField(_("ändring"))
    deleted = models.BooleanField(_("borttagen"), default=False)
    #: What the index says may no longer be told, so searches leave the object out meanwhile.
    narrows = models.BooleanField(_("döljer"), default=False)
    created_at = models.DateTimeField(_("skriven"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    not_before = models.DateTimeField(_("tidigast"), null=True, blank=True)
    state = models.CharField(
        _("läge"), max_length=8, choices=OutboxState, default=OutboxState.PENDING
    )
    error = models.TextField(_("fel"), blank=True)

    class Meta:
        verbose_name = _("ändring till sökindex")
        verbose_name_plural = _("ändringar till sökindex")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "id"], name="outbox_waiting"),
            models.Index(
                fields=["object_type", "object_id"],
                condition=models.Q(narrows=True),
                name="outbox_narrowing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type}:{self.object_id} ({self.change_number})"
