# SPDX-License-Identifier: EUPL-1.2
"""Bevakningar, new records that nobody has looked at, and who stands in for whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Period, Unit
from casework.register.models import Case, Record

_PERSON = settings.AUTH_USER_MODEL


class Reminder(models.Model):
    """A bevakning: something to be done about a case on a day, by a person or a unit.

    Attributes:
        record: the record that it is about, where it is about one; who may not see that record
            does not see the reminder.
        told_for: the day for which those who have it were told, so that each is told once.
    """

    NOT_TOLD = frozenset({"told_for"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="reminders")
    record = models.ForeignKey(
        Record,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("handling"),
    )
    day = models.DateField(_("bevakas till"))
    user = models.ForeignKey(
        _PERSON,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("person"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("enhet"),
    )
    what = models.CharField(_("vad som ska göras"), max_length=200)
    made_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("klar"), null=True, blank=True)
    told_for = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("bevakning")
        verbose_name_plural = _("bevakningar")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit=None) | Q(user=None, unit__isnull=False),
                name="reminder_one_addressee",
                violation_error_message=_("Välj en person eller en enhet."),
            )
        ]
        indexes = [
            models.Index(fields=["user", "day"], condition=Q(done_at=None), name="reminder_mine"),
            models.Index(fields=["unit", "day"], condition=Q(done_at=None), name="reminder_units"),
            models.Index(fields=["day"], condition=Q(done_at=None), name="reminder_open"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.what}"

    @property
    def who(self) -> str:
        """Who has it."""
        return str(self.user or self.unit)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without it."""
        return self.done_at is None and self.day < timezone.localdate()


class NewRecord(models.Model):
    """A record that came in to a case which somebody has, until they have looked at it.

    A mark of work, as a notice's ``read_at``: the record itself is in the register.
    """

    record = models.OneToOneField(Record, models.CASCADE, related_name="new")
    case = models.ForeignKey(Case, models.CASCADE, related_name="new_records")
    since = models.DateTimeField(default=timezone.now)
    seen_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ny handling")
        verbose_name_plural = _("nya handlingar")
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["case"], condition=Q(seen_at=None), name="new_record_unseen")
        ]

    def __str__(self) -> str:
        return str(self.record)


class StandIn(Period):
    """Who does a person's work while they are away, both days included."""

    absent = models.ForeignKey(
        _PERSON, models.PROTECT, related_name="stand_ins", verbose_name=_("den som är borta")
    )
    substitute = models.ForeignKey(
        _PERSON, models.PROTECT, related_name="stands_in", verbose_name=_("ersättare")
    )
    set_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("ersättare")
        verbose_name_plural = _("ersättare")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")),
                name="stand_in_another",
                violation_error_message=_("Välj en annan person som ersättare."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="stand_in_period",
                violation_error_message=_("Ersättaren kan inte sluta innan den börjar."),
            ),
        ]
        indexes = [models.Index(fields=["substitute", "valid_from"], name="stand_in_for")]

    def __str__(self) -> str:
        return f"{self.absent}: {self.substitute}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"standin:{self.pk}"
