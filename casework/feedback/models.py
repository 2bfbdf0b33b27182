# SPDX-License-Identifier: EUPL-1.2
"""Notices to those who follow an initiative or wrote to the city (R39, R64)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.consultation.models import Consultee
from casework.initiatives.models import Initiative
from casework.process.models import Step
from casework.register.models import Case


class NoticeState(models.TextChoices):
    """How far a notice has come."""

    WAITING = "waiting", _("Väntar")
    SENT = "sent", _("Skickad")
    FAILED = "failed", _("Kunde inte skickas")
    COLLECTED = "collected", _("Väntar på dagens sammandrag")
    SHOWN = "shown", _("Visas bara i systemet")


class Concern(models.TextChoices):
    """Why a person is told."""

    ORIGINATOR = "originator", _("Du lämnade initiativet")
    CO_AUTHOR = "co_author", _("Du skriver tillsammans med förslagsställaren")
    LIAISON = "liaison", _("Du är kontaktperson")
    AFFECTED = "affected", _("Din förvaltning berörs")
    NEIGHBOUR = "neighbour", _("Din förvaltning berörs och du är dess kontaktperson")
    OFFICER = "officer", _("Du är handläggare")
    RECEIVER = "receiver", _("Det har lämnats till dig eller till ett organ där du sitter")
    CALLED = "called", _("Du är kallad")
    ASKED = "asked", _("Din förvaltning är tillfrågad i en remiss")
    GIVEN = "given", _("Ärendet har lämnats till dig eller till din enhet")
    REMINDED = "reminded", _("Du eller din enhet har en bevakning")
    STAND_IN = "stand_in", _("Du ersätter den som skulle få beskedet")


AT_THE_DESK = frozenset(
    {Concern.LIAISON, Concern.NEIGHBOUR, Concern.OFFICER, Concern.RECEIVER, Concern.STAND_IN}
)
"""Those who read on at the desk; the others have the originator's page."""


OF_DUTY = frozenset(
    {Concern.LIAISON, Concern.AFFECTED, Concern.NEIGHBOUR, Concern.OFFICER, Concern.RECEIVER,
     Concern.ASKED, Concern.GIVEN, Concern.REMINDED}
)  # fmt: skip
"""Why a stand-in is told too; one's own initiative and one's seat in a body are one's own."""


class Reminder(models.TextChoices):
    """When somebody who was asked is reminded; each once."""

    BEFORE = "before", _("Före svarsdagen")
    AFTER = "after", _("Efter svarsdagen")


class Channel(models.TextChoices):
    """How a person wants to be told; what is new always stands in the system too."""

    MAIL = "mail", _("Ett mejl för varje besked")
    DIGEST = "digest", _("Ett sammandrag om dagen")
    SYSTEM = "system", _("Inga mejl, bara här")


class Preference(models.Model):
    """How a person chose to be told. Who has chosen nothing gets the usual for their part."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference"
    )
    channel = models.CharField(_("besked"), max_length=10, choices=Channel)

    class Meta:
        verbose_name = _("val av besked")
        verbose_name_plural = _("val av besked")

    def __str__(self) -> str:
        return self.get_channel_display()


class Notice(models.Model):
    """A message about a decision or a receipt. It carries no case content.

    Attributes:
        concern: why the person is told; empty on a day's digest, which is a mail and no news.
        path: where the person reads on, where that does not follow from why they are told.
        next_step: what comes, and who has it, as it was then.
        digest: the mail that told of it, where it was told in a digest.
        digest_on: the day, on a digest.
    """

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="notices")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="notices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    concern = models.CharField(_("därför att"), max_length=10, choices=Concern, blank=True)
    next_step = models.CharField(_("vad som kommer"), max_length=400, blank=True)
    path = models.CharField(_("adress"), max_length=200, blank=True)
    consultee = models.ForeignKey(
        Consultee, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    reminder = models.CharField(_("påminnelse"), max_length=10, choices=Reminder, blank=True)
    digest = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="collected",
        verbose_name=_("sammandrag"),
    )
    digest_on = models.DateField(_("sammandrag för"), null=True, blank=True)
    read_at = models.DateTimeField(_("läst"), null=True, blank=True)
    address = models.EmailField(_("e-post"), blank=True)
    subject = models.CharField(_("ämne"), max_length=200)
    body = models.TextField(_("text"))
    state = models.CharField(
        _("läge"), max_length=10, choices=NoticeState, default=NoticeState.WAITING
    )
    error = models.TextField(_("fel"), blank=True)
    created_at = models.DateTimeField(_("skapad"), auto_now_add=True)
    sent_at = models.DateTimeField(_("skickad"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    tried_at = models.DateTimeField(_("senast försökt"), null=True, blank=True)

    class Meta:
        verbose_name = _("återkoppling")
        verbose_name_plural = _("återkopplingar")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "user"],
                condition=models.Q(step__isnull=False),
                name="notice_once",
            ),
            models.UniqueConstraint(
                fields=["user", "digest_on"],
                condition=models.Q(digest_on__isnull=False),
                name="digest_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["consultee", "user", "reminder"],
                condition=models.Q(consultee__isnull=False),
                name="reminded_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread")
        ]

    def __str__(self) -> str:
        return self.subject
