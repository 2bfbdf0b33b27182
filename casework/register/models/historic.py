# SPDX-License-Identifier: EUPL-1.2
"""What bodies decided in a case outside the model's process, with dissent (R61, R70)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.register.models.cases import Case


class CaseDecision(models.Model):
    """A body's list of decision points in a case; one case may hold several (R61)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField(_("ordning"))
    body = models.CharField(_("organ"), max_length=200)
    lead = models.CharField(_("ingress"), max_length=300)
    points = models.JSONField(_("beslutspunkter"))

    class Meta:
        verbose_name = _("beslutslista")
        verbose_name_plural = _("beslutslistor")
        ordering = ["case", "position"]

    def __str__(self) -> str:
        return self.lead


class Dissent(models.Model):
    """A reservation: who, of which party, with which proposal of their own (R62, R70)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="dissents")
    kind = models.CharField(_("slag"), max_length=60)
    body = models.CharField(_("organ"), max_length=200)
    persons = models.JSONField(_("personer"), help_text=_("Namn och parti."))
    proposal = models.JSONField(_("eget förslag"), default=list)
    statement = models.TextField(_("motivering"), blank=True)

    class Meta:
        verbose_name = _("avvikande mening")
        verbose_name_plural = _("avvikande meningar")

    def __str__(self) -> str:
        return f"{self.kind}: {self.who}"

    @property
    def who(self) -> str:
        """The persons with their parties, as they are printed."""
        return ", ".join(f"{row['name']} ({row['party']})" for row in self.persons)


class CaseEvent(models.Model):
    """Something that happened before the register was there; its date may be a year only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="earlier_events")
    position = models.PositiveSmallIntegerField(_("ordning"))
    when = models.CharField(_("när"), max_length=10, help_text=_("År, månad eller dag."))
    body = models.CharField(_("organ"), max_length=200)
    person = models.CharField(_("person"), max_length=200, blank=True)
    what = models.TextField(_("vad"))

    class Meta:
        verbose_name = _("tidigare händelse")
        verbose_name_plural = _("tidigare händelser")
        ordering = ["case", "position"]

    def __str__(self) -> str:
        return f"{self.when} {self.body}"
