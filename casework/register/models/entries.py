# SPDX-License-Identifier: EUPL-1.2
"""The immutable side of the diary: series, counters, entries and what happened to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Authority
from casework.register.enums import AmendmentKind, CaseType, Direction, RecordKind


class NumberSeries(models.Model):
    """A running series of an authority; each calendar year starts again at 1."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="series", verbose_name=_("myndighet")
    )
    code = models.CharField(
        _("beteckning"), max_length=12, unique=True, help_text=_("Står först i numret, t.ex. KS.")
    )
    name = models.CharField(_("namn"), max_length=120)
    is_historic = models.BooleanField(
        _("historisk"),
        default=False,
        help_text=_("Nummer som andra har delat ut; serien får ha luckor."),
    )

    class Meta:
        verbose_name = _("nummerserie")
        verbose_name_plural = _("nummerserier")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class SeriesCounter(models.Model):
    """The last serial of a series in a year. Only the registration statement touches it."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="counters")
    year = models.PositiveSmallIntegerField()
    last_serial = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_year")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last_serial}"


class DiaryEntry(models.Model):
    """A line of the diary: a number and what the law wants with it. Immutable.

    Identity is (authority's series, year, serial, record number); record number 0 is the case
    itself. The classification in front of an older number is not part of it.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="entries", db_index=False)
    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(1900), MaxValueValidator(2999)]
    )
    serial = models.PositiveIntegerField(_("löpnummer"), validators=[MinValueValidator(1)])
    record_number = models.PositiveIntegerField(_("handlingsnummer"), default=0)
    dnr = models.CharField(_("diarienummer"), max_length=60)
    key = models.CharField(max_length=60)
    direction = models.CharField(_("riktning"), max_length=10, choices=Direction)
    received_date = models.DateField(_("inkommet eller upprättat"))
    registered_at = models.DateTimeField(_("registrerat"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # nobody asks for what a person registered
        verbose_name=_("av"),
    )
    title = models.CharField(_("ärendemening"), max_length=400)
    party = models.CharField(_("avsändare eller mottagare"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("diariepost")
        verbose_name_plural = _("diarieposter")
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "series", "year", "serial", "record_number"],
                name="entry_number",
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="entry_serial_positive"),
        ]
        indexes = [
            models.Index(fields=["registered_at"], name="entry_registered"),
            models.Index(fields=["key"], name="entry_key"),
        ]

    def __str__(self) -> str:
        return self.dnr


class Amendment(models.Model):
    """A correction or voiding of an entry; append-only."""

    entry = models.ForeignKey(DiaryEntry, models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=12, choices=AmendmentKind)
    field = models.CharField(_("fält"), max_length=40, blank=True)
    old = models.TextField(_("tidigare"), blank=True)
    new = models.TextField(_("nytt"), blank=True)
    reason = models.TextField(_("skäl"))
    at = models.DateTimeField(_("tidpunkt"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("rättelse eller makulering")
        verbose_name_plural = _("rättelser och makuleringar")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(kind=AmendmentKind.VOID), name="void_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_kind_display()}"

    @property
    def old_words(self) -> str:
        """What stood there, as people read it."""
        return self._words(self.old)

    @property
    def new_words(self) -> str:
        """What stands there now, as people read it."""
        return self._words(self.new)

    def _words(self, text: str) -> str:
        words: dict[str, Any] = dict(_CHOICES.get(self.field, []))
        return str(words.get(text, text))


_CHOICES = {
    "direction": Direction.choices, "kind": RecordKind.choices, "case_type": CaseType.choices,
}  # fmt: skip
"""The fields of which an amendment keeps a code."""
