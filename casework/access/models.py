# SPDX-License-Identifier: EUPL-1.2
"""The stored side of the access rule: audiences, and who was let in for a reason."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Role
from casework.organisation.models import Authority, Body

GRANT = "grant:"
"""How the token of a grant begins."""


class AudienceRow(models.Model):
    """One token that opens one object; each kind of object has a table of its own."""

    token = models.CharField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.token


class AccessGrantQuerySet(models.QuerySet):
    """Grants, in force or not."""

    def not_ended(self, on: dt.date | None = None) -> AccessGrantQuerySet:
        """Those that hold on the day, today unless told, or will."""
        return self.exclude(valid_until__lt=on or timezone.localdate())

    def in_force(self, on: dt.date | None = None) -> AccessGrantQuerySet:
        """Those that open the case on the day, today unless told."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class AccessGrant(models.Model):
    """A person, a body or a role that was let in to a case, with a reason and a period (OSL 5:5).

    The case's audience holds the token of the grant itself, and whom the grant names is asked when
    the person comes. A grant that ends needs no rewriting of the case.
    """

    case = models.ForeignKey("register.Case", models.PROTECT, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organ")
    )
    role = models.CharField(_("roll"), max_length=30, choices=Role, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("myndighet"),
    )  # fmt: skip
    reason = models.TextField(_("skäl"))
    valid_from = models.DateField(_("gäller från"))
    valid_until = models.DateField(_("gäller till och med"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(_("given"))

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("särskild behörighet")
        verbose_name_plural = _("särskilda behörigheter")
        constraints = [
            models.CheckConstraint(
                name="grant_names_one",
                condition=(
                    Q(user__isnull=False, body=None, role="", authority=None)
                    | Q(user=None, body__isnull=False, role="", authority=None)
                    | (Q(user=None, body=None, authority__isnull=False) & ~Q(role=""))
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.user or self.body or f"{self.get_role_display()}, {self.authority}")

    @property
    def token(self) -> str:
        """What the audience of the case holds."""
        return f"{GRANT}{self.pk}"

    @property
    def to_whom(self) -> str:
        """The person, the body or the role in words."""
        return str(self.user or self.body or self.get_role_display())
