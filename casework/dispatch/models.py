# SPDX-License-Identifier: EUPL-1.2
"""What went out: one row for each receiver of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.dispatch.enums import SendingState, Way
from casework.register.models import Record

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User


class DispatchQuerySet(models.QuerySet):
    """Dispatches, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> DispatchQuerySet:
        """Those of the records that the person is shown as they are; a receiver is a name."""
        inside = Record.objects.shown_to(user).filter(is_internal=True)
        return self.filter(record__in=inside.values("pk"))


class Dispatch(models.Model):
    """A record went to somebody."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="dispatches")
    receiver = models.CharField(_("mottagare"), max_length=200)
    address = models.CharField(_("adress"), max_length=200, blank=True)
    way = models.CharField(_("sätt"), max_length=10, choices=Way)
    sent_on = models.DateField(_("expedierad"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noterad"), auto_now_add=True)
    received_on = models.DateField(_("mottagen"), null=True, blank=True)
    receipt_note = models.CharField(_("om mottagandet"), max_length=200, blank=True)
    state = models.CharField(
        _("läge"), max_length=10, choices=SendingState, default=SendingState.SENT, editable=False
    )
    error = models.TextField(_("fel"), blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)

    objects = DispatchQuerySet.as_manager()

    #: The worker's own notes of its tries; they decide nothing.
    NOT_TOLD = frozenset({"state", "error", "attempts", "tried_at"})

    class Meta:
        verbose_name = _("expediering")
        verbose_name_plural = _("expedieringar")
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.record}: {self.receiver}"

    @property
    def chain(self) -> str:
        """The journal chain of its case."""
        return self.record.chain

    @property
    def subject(self) -> str:
        """Its events are shown with its case's."""
        return self.record.subject
