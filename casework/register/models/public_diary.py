# SPDX-License-Identifier: EUPL-1.2
"""The public diary: what everybody may read of a published case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import ServiceArea
from casework.register.enums import CaseType, Outcome
from casework.register.models.cases import Case


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
    records = models.JSONField(default=list)
    numbers = models.JSONField(default=list)

    class Meta:
        verbose_name = _("offentligt ärende")
        verbose_name_plural = _("offentliga ärenden")
        ordering = ["-received_date", "-case"]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title}"
