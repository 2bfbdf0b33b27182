# SPDX-License-Identifier: EUPL-1.2
"""The members' own judgements of what their group ranks (R33, R41).

Each member scores, or ranks, alone. Until the chair opens the assessment nobody reads another's
sheet: ``objects`` of the sealed tables knows only what was handed in and opened, for every reader
there is. The member's own and the audit's way to the rest is ``everything``, which no room but
this one uses (a test looks).
"""

from __future__ import annotations

import secrets
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.methods.scores import HIGHEST
from casework.planning.models import Criterion, RoundArea
from casework.process.models import Candidacy

Row = TypeVar("Row", bound=models.Model)


def new_salt() -> str:
    """A secret part of a sealed row, so that its checksum cannot be guessed back."""
    return secrets.token_hex(16)


class Assessment(models.Model):
    """One sealing: the group judges what it has admitted, the chair opens all of it at once.

    What is admitted after an opening gets an assessment of its own.
    """

    area = models.ForeignKey(RoundArea, models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField(_("nummer"), default=1)
    opened_at = models.DateTimeField(_("öppnad"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bedömning")
        verbose_name_plural = _("bedömningar")
        ordering = ["area", "number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="assessment_once"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(opened_at=None), name="assessment_one_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.number}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"assessment:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the members' judgements may be read."""
        return self.opened_at is not None


class OpenedManager(models.Manager[Row]):
    """Only what was handed in and has been opened.

    Args:
        way: from the row to its sheet, with the underscores; nothing for the sheet itself.
    """

    def __init__(self, way: str = "") -> None:
        super().__init__()
        self.way = way

    def get_queryset(self) -> models.QuerySet[Row]:
        """The opened rows."""
        return (
            super()
            .get_queryset()
            .filter(
                **{
                    f"{self.way}submitted_at__isnull": False,
                    f"{self.way}assessment__opened_at__isnull": False,
                }
            )
        )


class ScoreSheet(models.Model):
    """A member's judgements in one assessment; handed in when the member says so."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("inlämnad"), null=True, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    everything = models.Manager["ScoreSheet"]()
    objects = OpenedManager["ScoreSheet"]()

    class Meta:
        verbose_name = _("ledamots bedömning")
        verbose_name_plural = _("ledamöters bedömningar")
        ordering = ["assessment", "member"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "member"], name="score_sheet_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.member_id}"


class Score(models.Model):
    """What a member says of one initiative by one criterion; no points: abstains."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="+")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("poäng"), null=True, blank=True)
    note = models.TextField(_("anteckning"), blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    everything = models.Manager["Score"]()
    objects = OpenedManager["Score"]("sheet__")

    class Meta:
        verbose_name = _("poäng")
        verbose_name_plural = _("poäng")
        ordering = ["sheet", "candidacy", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "candidacy", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=HIGHEST), name="score_on_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.candidacy_id}"


class MemberPlace(models.Model):
    """The place that a member gives an initiative; several may share one."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="+")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("plats"))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    everything = models.Manager["MemberPlace"]()
    objects = OpenedManager["MemberPlace"]("sheet__")

    class Meta:
        verbose_name = _("ledamots plats")
        verbose_name_plural = _("ledamöters platser")
        ordering = ["sheet", "place", "candidacy"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "candidacy"], name="member_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.candidacy_id}"


class AgreedScore(models.Model):
    """What the group has agreed on after the opening; without it the members' median counts."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="agreed")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="agreed_scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("gemensamma poäng"))
    note = models.TextField(_("vad gruppen såg"), blank=True)
    agreed_at = models.DateTimeField(_("satt"))
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("gemensam poäng")
        verbose_name_plural = _("gemensamma poäng")
        ordering = ["candidacy", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "criterion"], name="agreed_score_once"),
            models.CheckConstraint(condition=Q(points__lte=HIGHEST), name="agreed_on_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}: {self.points}"
