# SPDX-License-Identifier: EUPL-1.2
"""Closings that take a while, and the decisions by which something may be disposed of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.archive.enums import ClosingState
from casework.organisation.models import Authority
from casework.register.enums import Outcome
from casework.register.models import Case, ClassCode


class Closing(models.Model):
    """A big case that is being closed in the background; how far it has come is told here."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    outcome = models.CharField(_("utfall"), max_length=20, choices=Outcome, blank=True)
    decided_on = models.DateField(_("beslutsdatum"), null=True, blank=True)
    despite = models.TextField(_("skäl att avsluta ändå"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(
        _("läge"), max_length=10, choices=ClosingState, default=ClosingState.WAITING
    )
    total = models.PositiveIntegerField(_("handlingar"))
    done = models.PositiveIntegerField(_("klara"), default=0)
    error = models.TextField(_("fel"), blank=True)
    ordered_at = models.DateTimeField(_("begärt"), auto_now_add=True)
    touched_at = models.DateTimeField(_("senast framåt"), auto_now=True)
    finished_at = models.DateTimeField(_("klart"), null=True, blank=True)
    outcome_before = models.CharField(max_length=20, choices=Outcome, blank=True)
    decided_before = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undo_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("avslutning")
        verbose_name_plural = _("avslutningar")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=[ClosingState.WAITING, ClosingState.RUNNING]),
                name="closing_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.dnr}: {self.get_state_display()}"

    @property
    def is_underway(self) -> bool:
        """Whether the worker is at it, or soon will be."""
        return self.state in {ClosingState.WAITING, ClosingState.RUNNING}

    def stands_in(self, case: Case) -> bool:
        """Whether it is this closing that the case stands closed by, and unchanged."""
        return (
            self.finished_at is not None
            and case.closed_at is not None
            and self.ordered_at <= case.closed_at <= self.finished_at
            and (case.outcome, case.decided_on) == (self.outcome, self.decided_on)
        )


class DisposalDecision(models.Model):
    """A decision that what belongs to some classes may be disposed of (arkivlagen 10 §).

    Nothing is disposed of without one. It never reaches what is to be kept.
    """

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="disposal_decisions", verbose_name=_("myndighet")
    )
    reference = models.CharField(
        _("beslut"), max_length=120, help_text=_("Diarienummer och paragraf, t.ex. KS 2026/12 § 4.")
    )
    decided_on = models.DateField(_("beslutat"))
    note = models.TextField(_("vad beslutet omfattar"), blank=True)
    classes = models.ManyToManyField(ClassCode, related_name="+", verbose_name=_("klasser"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("infört"), auto_now_add=True)

    class Meta:
        verbose_name = _("gallringsbeslut")
        verbose_name_plural = _("gallringsbeslut")
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"disposal:{self.pk}"
