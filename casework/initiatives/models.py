# SPDX-License-Identifier: EUPL-1.2
"""Initiatives as people fill them in: versioned forms, answers, and batches per förvaltning.

The stage of an initiative is not here but on :class:`casework.process.models.Process`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import BenefitGroup, InitiativeKind, ScopeReason
from casework.organisation.models import Administration, ServiceArea
from casework.register.models import Case


class FormVersion(models.Model):
    """A version of the fixed form (R27, R43). An initiative keeps the version it was filled in on.

    ``fields`` is a list of ``{"key", "label", "hint", "required", "step"}``; the keys are those of
    :class:`Initiative`, everything else is the city's to word.
    """

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    fields = models.JSONField(_("fält"))
    valid_from = models.DateField(_("gäller från"))

    class Meta:
        verbose_name = _("formulärversion")
        verbose_name_plural = _("formulärversioner")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def field(self, key: str) -> dict:
        """The wording of one field, or an empty dictionary."""
        return next((field for field in self.fields if field["key"] == key), {})


class Batch(models.Model):
    """A förvaltning's prepared initiatives, sent together to stadsledningskontoret (R28, R55)."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="batches", verbose_name=_("förvaltning")
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("skickad"))
    message = models.TextField(_("meddelande"), blank=True)

    class Meta:
        verbose_name = _("sammanställning")
        verbose_name_plural = _("sammanställningar")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.administration} {self.sent_at:%Y-%m-%d}"


class Initiative(models.Model):
    """A need or an idea, described so that it can be compared with others (R41, R44)."""

    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="initiatives")
    originator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="initiatives",
        verbose_name=_("förslagsställare"),
    )
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        related_name="initiatives",
        verbose_name=_("förvaltning"),
    )
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="initiative"
    )
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="initiatives"
    )
    title = models.CharField(_("rubrik"), max_length=200, blank=True)
    kind = models.CharField(_("slag"), max_length=10, choices=InitiativeKind, blank=True)
    need = models.TextField(_("behov"), blank=True)
    proposal = models.TextField(_("förslag"), blank=True)
    benefits = models.JSONField(_("nytta"), default=dict, blank=True)
    cost_tkr = models.PositiveIntegerField(
        _("ungefärlig kostnad"), null=True, blank=True, help_text=_("Tusental kronor.")
    )
    affected = models.ManyToManyField(
        Administration,
        blank=True,
        related_name="affecting_initiatives",
        verbose_name=_("berörda förvaltningar"),
    )
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("tjänsteområde"),
    )
    is_eservice = models.BooleanField(_("e-tjänst"), default=False)
    goal = models.TextField(_("koppling till stadens mål"), blank=True)
    effect = models.TextField(_("förväntad effekt"), blank=True)
    dependencies = models.TextField(_("beroenden"), blank=True)
    contact = models.CharField(_("sakkunnig i verksamheten"), max_length=120, blank=True)
    scope_reason = models.CharField(
        _("bedömning av omfattning"), max_length=10, choices=ScopeReason, blank=True
    )
    created_at = models.DateTimeField(_("påbörjat"), auto_now_add=True)
    saved_at = models.DateTimeField(_("senast sparat"), auto_now=True)

    class Meta:
        verbose_name = _("initiativ")
        verbose_name_plural = _("initiativ")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or str(_("Initiativ utan rubrik"))

    @property
    def chain(self) -> str | None:
        """The journal chain of its case; none before it is registered."""
        return self.case.chain if self.case else None

    @property
    def subject(self) -> str:
        """Under which the journal shows its events: the same before and after registration."""
        return f"initiative:{self.pk}"

    def benefit_list(self) -> list[tuple[str, str]]:
        """The groups that benefit, in the fixed order, each with what it gains."""
        return [
            (str(BenefitGroup(group).label), self.benefits[group])
            for group in BenefitGroup.values
            if group in self.benefits
        ]
