# SPDX-License-Identifier: EUPL-1.2
"""Remiss and experts: who was asked, until when, and what they answered (R23, R24, R65, R66)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.models import AccessGrant
from casework.consultation.enums import AnswerState, ConsultationState, Position
from casework.initiatives.models import Initiative
from casework.organisation.enums import Expertise
from casework.organisation.models import Administration
from casework.register.models import Case, Record


class Consultation(models.Model):
    """One remiss of a case; a case can be sent out several times (R65)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    number = models.PositiveSmallIntegerField(_("nummer"))
    question = models.TextField(_("fråga"))
    deadline = models.DateField(_("svar senast"))
    state = models.CharField(
        _("läge"), max_length=10, choices=ConsultationState, default=ConsultationState.OPEN
    )
    sent_at = models.DateTimeField(_("skickad"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handling")
    )

    class Meta:
        verbose_name = _("remiss")
        verbose_name_plural = _("remisser")
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="consultation_once")]

    def __str__(self) -> str:
        return str(_("Remiss %(number)s") % {"number": self.number})

    @property
    def chain(self) -> str:
        """The journal chain of its case."""
        return self.case.chain

    @property
    def subject(self) -> str:
        """The journal shows its events under its case."""
        return self.case.subject

    @property
    def is_open(self) -> bool:
        """Whether answers are still awaited."""
        return self.state == ConsultationState.OPEN


class Consultee(models.Model):
    """One that was asked, a förvaltning of the city or another by name, and its answer."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="consultees")
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consulted",
        verbose_name=_("förvaltning"),
    )
    name = models.CharField(_("remissinstans"), max_length=200)
    extended_until = models.DateField(_("förlängd till"), null=True, blank=True)
    state = models.CharField(
        _("läge"), max_length=12, choices=AnswerState, default=AnswerState.WAITING
    )
    position = models.CharField(_("ställningstagande"), max_length=24, choices=Position, blank=True)
    answered_on = models.DateField(_("svarade"), null=True, blank=True)
    text = models.TextField(_("svaret i korthet"), blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handling")
    )

    class Meta:
        verbose_name = _("remissinstans")
        verbose_name_plural = _("remissinstanser")
        ordering = ["consultation", "name"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "name"], name="consultee_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def deadline(self) -> dt.date:
        """Until when this one may answer: its extension, else the consultation's day."""
        return self.extended_until or self.consultation.deadline

    @property
    def is_late(self) -> bool:
        """Whether the answer waits still, and its day has passed."""
        return self.state == AnswerState.WAITING and self.deadline < timezone.localdate()


class NoConsultation(models.Model):
    """Why no remiss is held; the reason is printed in the documents (R65)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="no_consultation")
    reason = models.TextField(_("skäl till att ingen remiss hölls"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("antecknat"))

    class Meta:
        verbose_name = _("skäl till utebliven remiss")
        verbose_name_plural = _("skäl till utebliven remiss")

    def __str__(self) -> str:
        return self.reason

    @property
    def chain(self) -> str:
        """The journal chain of its case."""
        return self.case.chain

    @property
    def subject(self) -> str:
        """The journal shows its events under its case."""
        return self.case.subject


class ExpertRequest(models.Model):
    """A question to an expert about one initiative, and the answer (R23, R24)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="expert_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="expert_requests",
        verbose_name=_("sakkunnig"),
    )
    expertise = models.CharField(_("sakkunskap"), max_length=10, choices=Expertise)
    question = models.TextField(_("fråga"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("tillfrågad"))
    answered_at = models.DateTimeField(_("svarade"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("återtagen"), null=True, blank=True)
    grant = models.ForeignKey(
        AccessGrant, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("behörighet till ärendet"),
    )  # fmt: skip
    text = models.TextField(_("svar"), blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handling")
    )

    class Meta:
        verbose_name = _("fråga till sakkunnig")
        verbose_name_plural = _("frågor till sakkunniga")
        ordering = ["initiative", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "user", "expertise"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="one_open_question_per_expert",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_expertise_display()}"

    @property
    def expertise_words(self) -> str:
        """Which knowledge was asked for, as it stands inside a sentence."""
        return Expertise(self.expertise).within_text

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def chain(self) -> str | None:
        """The journal chain of the initiative's case."""
        return self.initiative.chain

    @property
    def subject(self) -> str:
        """The journal shows its events under the initiative."""
        return self.initiative.subject
