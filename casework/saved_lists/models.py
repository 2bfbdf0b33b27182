# SPDX-License-Identifier: EUPL-1.2
"""How a person wants a list: which columns, and filters with search and sorting under a name.

It is a person's own and shown to nobody else. A saved list holds a question and no answer: what it
finds is asked anew each time, by the access rule. It is no part of the register and is not
journalled.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ListColumns(models.Model):
    """The columns of a list that a person wants, in order.

    Attributes:
        listing: which list, by the name that its notion gives it: ``cases``.
        columns: their names; one that the list no longer has is passed over.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_columns")
    listing = models.CharField(max_length=40)
    columns = models.JSONField(_("kolumner"), default=list)

    class Meta:
        verbose_name = _("val av kolumner")
        verbose_name_plural = _("val av kolumner")
        constraints = [
            models.UniqueConstraint(fields=["user", "listing"], name="list_columns_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.listing}"


class SavedList(models.Model):
    """Filters, search and sorting of a list under a name.

    Attributes:
        query: as it stands in the list's address, without page.
        columns: what this list shows; empty means what the person usually sees.
        is_start: whether the list opens with it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_lists")
    listing = models.CharField(max_length=40)
    name = models.CharField(_("namn"), max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(_("kolumner"), default=list, blank=True)
    is_start = models.BooleanField(_("öppnas först"), default=False)

    class Meta:
        verbose_name = _("sparat urval")
        verbose_name_plural = _("sparade urval")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "listing", "name"], name="saved_list_name"),
            models.UniqueConstraint(
                fields=["user", "listing"],
                condition=Q(is_start=True),
                name="saved_list_one_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DoneTogether(models.Model):
    """What a person did with many rows of a list at once, while they can still undo it.

    Of each row what it was and became. That may be undone is asked of the services; what was done
    and undone stands in the journal.

    Attributes:
        kind: what was done, by the name that its notion gives it.
        rows: what is left to undo.
    """

    LASTS = dt.timedelta(hours=24)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="done_together")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = _("gjort med många")
        verbose_name_plural = _("gjort med många")
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "-at"], name="done_together_own")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"

    @property
    def until(self) -> dt.datetime:
        """Until when it can be undone."""
        return self.at + self.LASTS
