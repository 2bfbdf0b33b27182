# SPDX-License-Identifier: EUPL-1.2
"""What stands towards the public: the public diary, earlier decisions, requests for records."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Authority, ServiceArea
from casework.register.enums import CaseType
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
    outcome = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    records = models.JSONField(default=list)
    events = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    dissents = models.JSONField(default=list)
    numbers = models.JSONField(default=list)

    class Meta:
        verbose_name = _("offentligt ärende")
        verbose_name_plural = _("offentliga ärenden")
        ordering = ["-received_date"]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title}"


class EarlierDecision(models.Model):
    """A decision made before the register, imported to be searched; public."""

    external_id = models.CharField(max_length=400, unique=True)
    number = models.CharField(_("beteckning"), max_length=120, blank=True)
    dnr = models.CharField(_("diarienummer"), max_length=120, blank=True)
    key = models.CharField(max_length=60, blank=True, db_index=True)
    loose_key = models.CharField(max_length=30, blank=True, db_index=True)
    title = models.TextField(_("titel"))
    date = models.DateField(_("datum"), null=True, blank=True, db_index=True)
    decision_type = models.CharField(_("typ"), max_length=80, blank=True)
    author = models.CharField(_("avsändare"), max_length=400, blank=True)
    dept = models.CharField(_("organ"), max_length=400, blank=True)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("källa"), max_length=500, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="earlier_decisions"
    )
    content_hash = models.CharField(max_length=64, editable=False)
    change_number = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("tidigare beslut")
        verbose_name_plural = _("tidigare beslut")
        ordering = ["-date", "pk"]

    def __str__(self) -> str:
        return self.title


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

    class Meta:
        verbose_name = _("begäran om utlämnande")
        verbose_name_plural = _("begäranden om utlämnande")
        ordering = ["answered_at", "requested_at"]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.requested_at:%Y-%m-%d}"
