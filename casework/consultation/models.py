# SPDX-License-Identifier: EUPL-1.2
"""Remiss: who was asked, until when, and what they answered (R65, R66)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.register.models import Case, Record


class AnswerState(models.TextChoices):
    """What became of a question to a consultee (R65)."""

    WAITING = "waiting", _("Väntar på svar")
    ANSWERED = "answered", _("Har svarat")
    DECLINED = "declined", _("Avstår från att svara")
    NO_ANSWER = "no_answer", _("Har inte svarat")


class Consultation(models.Model):
    """A case's consultation; where none was held, a stated reason is printed instead (R65)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="consultation")
    deadline = models.DateField(_("svar senast"), null=True, blank=True)
    question = models.TextField(_("fråga"), blank=True)
    none_reason = models.TextField(_("skäl till att ingen remiss hölls"), blank=True)

    class Meta:
        verbose_name = _("remiss")
        verbose_name_plural = _("remisser")
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__isnull=False, none_reason="")
                | (Q(deadline=None) & ~Q(none_reason="")),
                name="consultation_or_reason",
                violation_error_message=_("Ange svarsdatum, eller varför ingen remiss hölls."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.dnr}"


class Consultee(models.Model):
    """One that was asked, and its answer."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="consultees")
    name = models.CharField(_("remissinstans"), max_length=200)
    state = models.CharField(
        _("läge"), max_length=12, choices=AnswerState, default=AnswerState.WAITING
    )
    answered_on = models.DateField(_("svarade"), null=True, blank=True)
    summary = models.TextField(_("sammanfattning av svaret"), blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handling")
    )

    class Meta:
        verbose_name = _("remissinstans")
        verbose_name_plural = _("remissinstanser")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "name"], name="consultee_once")
        ]

    def __str__(self) -> str:
        return self.name
