# SPDX-License-Identifier: EUPL-1.2
"""Time as a city plans it: budget years, each with a budget round and two interim reports (R53).

Several years run beside each other: in June the interim report of this year, the ranking for the
next and the ideas for the year after are all in motion. Nothing here, or above, ever means "the
newest"; whoever works in a round names it.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import FormVersion
from casework.methods.apportion import ADJUSTED, PLAIN
from casework.methods.scores import HIGHEST
from casework.organisation.models import Body, ServiceArea
from casework.planning.enums import (
    FrameKind,
    Milestone,
    Occasion,
    RoundState,
    SuggestionBy,
    VersionState,
)


class CriteriaVersion(models.Model):
    """A version of the criteria by which initiatives are weighed (R41, R51)."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    state = models.CharField(
        _("läge"), max_length=10, choices=VersionState, default=VersionState.DRAFT
    )
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)

    class Meta:
        verbose_name = _("kriterieversion")
        verbose_name_plural = _("kriterieversioner")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Criterion(models.Model):
    """One criterion: what is asked and how much it weighs."""

    version = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="criteria")
    key = models.SlugField(_("nyckel"), max_length=40)
    label = models.CharField(_("kriterium"), max_length=120)
    help = models.TextField(_("hjälptext"), blank=True)
    weight = models.PositiveSmallIntegerField(_("vikt"), default=1)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        ordering = ["version", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="criterion_once")]

    def __str__(self) -> str:
        return self.label


class ScaleStep(models.Model):
    """What a step of a criterion's scale means, so that a score means the same every year (R41)."""

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="steps")
    points = models.PositiveSmallIntegerField(_("poäng"))
    words = models.CharField(_("betyder"), max_length=200)

    class Meta:
        verbose_name = _("steg på en skala")
        verbose_name_plural = _("steg på skalor")
        ordering = ["criterion", "points"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "points"], name="scale_step_once"),
            models.CheckConstraint(condition=Q(points__lte=HIGHEST), name="scale_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.points} {self.words}"


class Cycle(models.Model):
    """A budget year. Several are in motion at once (R53)."""

    budget_year = models.PositiveSmallIntegerField(_("budgetår"), unique=True)

    class Meta:
        verbose_name = _("budgetår")
        verbose_name_plural = _("budgetår")
        ordering = ["-budget_year"]

    def __str__(self) -> str:
        return str(self.budget_year)


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by day and address."""

    def open(self) -> RoundQuerySet:
        """The rounds in which work goes on."""
        return self.filter(state=RoundState.OPEN)

    def open_for(self, day: dt.date) -> RoundQuerySet:
        """The open rounds that take in initiatives on a day, the budget's before supplements."""
        return (
            self.open()
            .filter(opens_on__lte=day, ideas_until__gte=day)
            .annotate(
                is_supplement=models.Case(models.When(occasion=Occasion.BUDGET, then=0), default=1)
            )
            .order_by("is_supplement", "decision_on")
        )

    def by_slug(self, slug: str) -> RoundQuerySet:
        """The round with an address such as ``2028-budget``; none for anything else."""
        year, _dash, occasion = slug.partition("-")
        if not (year.isascii() and year.isdecimal()) or occasion not in Occasion.values:
            return self.none()
        return self.filter(cycle__budget_year=int(year), occasion=occasion)


class Round(models.Model):
    """One occasion of a budget year, with its own dates, areas, frames, lists (R37, R38)."""

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="rounds", verbose_name=_("budgetår")
    )
    occasion = models.CharField(_("tillfälle"), max_length=10, choices=Occasion)
    state = models.CharField(
        _("läge"), max_length=10, choices=RoundState, default=RoundState.PLANNED
    )
    opens_on = models.DateField(_("initiativ tas emot från"))
    ideas_until = models.DateField(_("initiativ tas emot till och med"))
    groups_until = models.DateField(_("områdena klara"))
    council_on = models.DateField(_("utvecklingsrådet"))
    decision_on = models.DateField(_("kommunfullmäktige"))
    # The stations between; where a city sets none they are spread over the time there is.
    prepared_until = models.DateField(_("beredningen klar"), null=True, blank=True)
    assessed_until = models.DateField(_("inledande bedömning klar"), null=True, blank=True)
    committee_until = models.DateField(_("utskottet klart"), null=True, blank=True)
    proposal_until = models.DateField(_("stadens förslag klart"), null=True, blank=True)
    board_on = models.DateField(_("kommunstyrelsen"), null=True, blank=True)
    form_version = models.ForeignKey(
        FormVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name=_("formulär"),
    )
    criteria_version = models.ForeignKey(
        CriteriaVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name=_("kriterier"),
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    adjusted_divisor = models.BooleanField(
        _("jämkad uddatalsmetod"),
        default=False,
        help_text=_("Första platsen delas med 1,2 i stället för 1."),
    )
    shares_locked_at = models.DateTimeField(_("andelarna låsta"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("omgång")
        verbose_name_plural = _("omgångar")
        ordering = ["-cycle__budget_year", "decision_on"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "occasion"], name="round_once"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("ideas_until"))
                & Q(ideas_until__lte=models.F("groups_until"))
                & Q(groups_until__lte=models.F("council_on"))
                & Q(council_on__lte=models.F("decision_on")),
                name="round_dates_in_order",
                violation_error_message=_("Datumen ska komma efter varandra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} {self.cycle.budget_year}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"round:{self.pk}"

    @property
    def first_divisor(self) -> Fraction:
        """The first divisor by which the areas' lists are merged (R34)."""
        return ADJUSTED if self.adjusted_divisor else PLAIN

    @property
    def slug(self) -> str:
        """The round in addresses: ``2028-budget``."""
        return f"{self.cycle.budget_year}-{self.occasion}"

    @property
    def is_open(self) -> bool:
        """Whether work goes on in it."""
        return self.state == RoundState.OPEN

    def deadline(self, milestone: str) -> dt.date | None:
        """The day by which a station of the line should be passed: the one rule for all pages.

        It is the latest safe day: a station that is passed by it leaves the later ones their time.
        """
        return {
            Milestone.PREPARATION: self.prepared_until or self._part(0, 2),
            Milestone.ASSESSMENT: self.assessed_until or self._part(0, 3),
            Milestone.RANKING: self.groups_until,
            Milestone.COMMITTEE: self.committee_until or self._part(1, 2),
            Milestone.PROPOSAL: self.proposal_until or self._part(1, 3),
            Milestone.RECOMMENDATION: self.council_on,
            Milestone.DECISION: self.decision_on,
        }.get(Milestone(milestone))

    def _part(self, stretch: int, quarters: int) -> dt.date:
        """So many quarters of the way from the ideas to the areas' lists, or on to the council."""
        start, end = ((self.ideas_until, self.groups_until), (self.groups_until, self.council_on))[
            stretch
        ]
        return start + (end - start) * quarters // 4

    def takes_in(self, day: dt.date | None = None) -> bool:
        """Whether an initiative that came in on the day (today unless told) belongs here."""
        day = day or timezone.localdate()
        return self.is_open and self.opens_on <= day <= self.ideas_until


class RoundArea(models.Model):
    """An area's part in a round: its group, its share, and whether its list is fixed (R33)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="areas")
    service_area = models.ForeignKey(
        ServiceArea, models.PROTECT, related_name="round_areas", verbose_name=_("tjänsteområde")
    )
    group = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="round_areas",
        verbose_name=_("grupp"),
    )
    share = models.PositiveSmallIntegerField(_("andel"), default=1)
    suggestion_by = models.CharField(
        _("gruppens förslag tas fram ur"),
        max_length=10,
        choices=SuggestionBy,
        default=SuggestionBy.SCORES,
    )
    fixed_at = models.DateTimeField(_("listan fastställd"), null=True, blank=True)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("område i omgången")
        verbose_name_plural = _("områden i omgången")
        ordering = ["round", "service_area__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "service_area"], name="round_area_once")
        ]

    def __str__(self) -> str:
        return f"{self.service_area}, {self.round}"

    @property
    def is_fixed(self) -> bool:
        """Whether the group has fixed its list."""
        return self.fixed_at is not None


class Frame(models.Model):
    """The money of a round, for the city or for one area, in thousands of kronor.

    ``year`` counts from the first in which initiatives get money, as their cost plans do.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="frames")
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tjänsteområde"),
    )
    year = models.PositiveSmallIntegerField(_("år"), default=1)
    kind = models.CharField(_("slag"), max_length=10, choices=FrameKind, default=FrameKind.TOTAL)
    tkr = models.PositiveIntegerField(_("tusental kronor"))

    class Meta:
        verbose_name = _("ekonomisk ram")
        verbose_name_plural = _("ekonomiska ramar")
        ordering = ["round", "service_area__position", "year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "service_area", "year", "kind"],
                name="frame_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.tkr} tkr"
