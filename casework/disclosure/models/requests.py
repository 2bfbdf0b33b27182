# SPDX-License-Identifier: EUPL-1.2
"""Requests to see a record (TF 2:18)."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.disclosure.enums import APPEALABLE, DisclosureOutcome
from casework.register.days import workdays_after

CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Those that nobody takes for another when a code is read aloud or typed again."""
CODE_LENGTH = 12
ANSWER_WITHIN = 3
"""Working days; the law says at once or as soon as can be (TF 2:15)."""


def new_code() -> str:
    """A receipt that cannot be guessed: about 59 bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


class DisclosureRequest(models.Model):
    """Somebody asks for a record. Nobody must say who they are (TF 2:18); no identity is kept."""

    code = models.CharField(_("kvittokod"), max_length=20, unique=True, default=new_code)
    number = models.CharField(_("diarienummer"), max_length=70, blank=True)
    text = models.TextField(_("vad som begärs"))
    contact = models.CharField(_("dit svaret ska"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("begärt"))
    answered_at = models.DateTimeField(_("besvarat"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("utfall"), max_length=10, choices=DisclosureOutcome, blank=True)
    answer = models.TextField(_("svar"), blank=True)
    decision_wanted_at = models.DateTimeField(_("vill ha beslut"), null=True, blank=True)
    decision_number = models.CharField(_("beslutets nummer"), max_length=70, blank=True)
    decided_at = models.DateTimeField(_("beslutet antecknat"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        _("återtagen"), null=True, blank=True,
        help_text=_("Den som tog emot den hade läst fel; den besvaras inte."),
    )  # fmt: skip

    #: Not even a checksum of who asks (TF 2:18).
    NOT_TOLD = frozenset({"contact"})

    class Meta:
        verbose_name = _("begäran om utlämnande")
        verbose_name_plural = _("begäranden om utlämnande")
        ordering = ["answered_at", "requested_at"]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.requested_at:%Y-%m-%d}"

    @property
    def promised_on(self) -> dt.date:
        """The working day on which an answer is there at the latest."""
        return workdays_after(timezone.localdate(self.requested_at), ANSWER_WITHIN)

    @property
    def closes_on(self) -> dt.date | None:
        """The last day on which the receipt and its files can be read; none while work is left."""
        waits = self.decision_wanted_at is not None and self.decided_at is None
        if self.answered_at is None or waits:
            return None
        last = timezone.localdate(self.decided_at or self.answered_at)
        return last + dt.timedelta(days=settings.DISCLOSURE_DAYS)

    @property
    def is_closed(self) -> bool:
        """Whether the receipt has had its time, or never was one; then it answers so too."""
        past = self.closes_on is not None and self.closes_on < timezone.localdate()
        return past or self.withdrawn_at is not None

    @property
    def is_late(self) -> bool:
        """Whether the day of the answer has gone by."""
        return self.answered_at is None and self.promised_on < timezone.localdate()

    @property
    def is_appealable(self) -> bool:
        """Whether the one who asked may have a written decision (OSL 6:3)."""
        return self.outcome in APPEALABLE

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"disclosure:{self.pk}"
