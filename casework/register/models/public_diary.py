# SPDX-License-Identifier: EUPL-1.2
"""The public diary: what everybody may read of a published case."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import ServiceArea
from casework.register.enums import CaseType, Outcome
from casework.register.models.cases import Case


class PublicCaseQuerySet(models.QuerySet):
    """Published cases, whose last day has come or not."""

    def shown(self) -> PublicCaseQuerySet:
        """Those that everybody may read today; the others only wait for the worker to go."""
        until = models.Q(published_until=None) | models.Q(published_until__gte=timezone.localdate())
        return self.filter(until)


class PublicCase(models.Model):
    """The public diary's own table: public fields only, of published cases only.

    Public pages and the public index read nothing else, so a field that should not be seen has no
    way there.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="public", primary_key=True)
    dnr = models.CharField(max_length=60, unique=True)
    key = models.CharField(max_length=60, db_index=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)
    party = models.CharField(max_length=200, blank=True)
    case_type = models.CharField(max_length=20, choices=CaseType)
    authority = models.CharField(max_length=200)
    service_area = models.ForeignKey(
        ServiceArea, models.PROTECT, null=True, related_name="public_cases"
    )
    received_date = models.DateField()
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    summary = models.TextField(blank=True)
    published_until = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    is_private = models.BooleanField(
        default=False, help_text=_("En avsändare finns men visas inte: en enskild.")
    )
    words = models.TextField(blank=True, help_text=_("Rubriken i små bokstäver, att söka i."))
    records = models.JSONField(default=list)
    numbers = models.JSONField(default=list)

    objects = PublicCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("offentligt ärende")
        verbose_name_plural = _("offentliga ärenden")
        ordering = ["-received_date", "-case"]
        indexes = [
            models.Index(fields=["-received_date", "-case"], name="public_newest"),
            models.Index(fields=["case_type", "-received_date"], name="public_type"),
            models.Index(fields=["service_area", "-received_date"], name="public_area"),
            models.Index(fields=["outcome", "-received_date"], name="public_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title}"
