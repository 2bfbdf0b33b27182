# SPDX-License-Identifier: EUPL-1.2
"""Initiatives as people fill them in: versioned questions, frozen answers, followers, batches.

Questions are data (R43, R51): a city adds one without code. Answers are sets, one part for each
who writes: originator, contact person, office. A frozen set never changes (a database trigger
refuses it), so what came in is kept as it came in. The stage of an initiative is not here but on
:class:`casework.process.models.Process`.
"""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import (
    Audience,
    FollowerRole,
    FormState,
    Freeze,
    InitiativeKind,
    Part,
    QuestionKind,
    ScopeReason,
)
from casework.organisation.models import Administration, Period, ServiceArea
from casework.register.models import Case


class Choice(TypedDict):
    """One of the answers of a question with choices: the code kept and the words shown."""

    value: str
    label: str


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    """Versions of the form by state."""

    def in_use(self) -> FormVersion | None:
        """The version on which new initiatives are begun, if the city has one."""
        return self.filter(state=FormState.IN_USE).first()


class FormVersion(models.Model):
    """A version of the fixed form (R27, R43). An initiative keeps the version it was begun on."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    state = models.CharField(_("läge"), max_length=10, choices=FormState, default=FormState.DRAFT)
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bygger på")
    )
    large_budget_tkr = models.PositiveIntegerField(
        _("stor budget från"),
        default=5_000,
        help_text=_("Tusental kronor. Från den kostnaden omfattas en enda förvaltnings projekt."),
    )

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("formulärversion")
        verbose_name_plural = _("formulärversioner")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=FormState.IN_USE), name="one_form_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"form:{self.pk}"


class Question(models.Model):
    """A question of a form version: its words, its kind, when it is demanded, who sees it."""

    form_version = models.ForeignKey(FormVersion, models.CASCADE, related_name="questions")
    key = models.SlugField(_("nyckel"), max_length=40)
    kind = models.CharField(_("slag"), max_length=20, choices=QuestionKind)
    part = models.CharField(
        _("besvaras av"),
        max_length=12,
        choices=[
            (Part.ORIGINATOR.value, Part.ORIGINATOR.label),
            (Part.PREPARATION.value, Part.PREPARATION.label),
        ],
        default=Part.ORIGINATOR,
    )
    step = models.PositiveSmallIntegerField(_("steg"), default=1)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    label = models.CharField(_("fråga"), max_length=200)
    hint = models.TextField(_("hjälptext"), blank=True)
    example = models.TextField(_("exempel"), blank=True)
    missing = models.CharField(
        _("när svaret saknas"),
        max_length=200,
        blank=True,
        help_text=_("Meningen som visas vid frågan, t.ex. ”Beskriv behovet.”"),
    )
    choices = models.JSONField(_("val"), default=list, blank=True)
    required_to_send = models.BooleanField(_("krävs för att skicka"), default=False)
    required_to_prepare = models.BooleanField(_("krävs när beredningen är klar"), default=False)
    shown_to = models.CharField(
        _("visas för"), max_length=10, choices=Audience, default=Audience.ALL
    )

    class Meta:
        verbose_name = _("fråga")
        verbose_name_plural = _("frågor")
        ordering = ["form_version", "step", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["form_version", "key"], name="question_once")
        ]

    def __str__(self) -> str:
        return self.label


class Goal(Period):
    """A goal of the city that initiatives can be tied to (R50)."""

    code = models.SlugField(_("beteckning"), max_length=40, unique=True)
    title = models.CharField(_("mål"), max_length=300)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("mål för staden")
        verbose_name_plural = _("mål för staden")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """A förvaltning's prepared initiatives, sent together to stadsledningskontoret (R28, R55)."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="batches", verbose_name=_("förvaltning")
    )
    initiatives = models.ManyToManyField(
        "Initiative", related_name="batches", verbose_name=_("initiativ")
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("skickad"))
    message = models.TextField(_("meddelande"), blank=True)

    class Meta:
        verbose_name = _("sammanställning")
        verbose_name_plural = _("sammanställningar")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.administration} {timezone.localdate(self.sent_at):%Y-%m-%d}"


class Initiative(models.Model):
    """A need or an idea, described so that it can be compared with others (R41, R44).

    ``title``, ``kind``, ``cost_tkr``, ``is_eservice``, ``service_area`` and ``affected`` are read
    out of the answers by the services, for lists and rules; nobody writes them.
    """

    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="initiatives")
    originator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="initiatives",
        verbose_name=_("förslagsställare"),
    )
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        related_name="initiatives",
        verbose_name=_("förvaltning"),
    )
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="initiative"
    )
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("senast skickat i"),
    )
    title = models.CharField(_("rubrik"), max_length=200, blank=True, editable=False)
    kind = models.CharField(
        _("slag"), max_length=10, choices=InitiativeKind, blank=True, editable=False
    )
    cost_tkr = models.PositiveIntegerField(
        _("ungefärlig kostnad, tkr"), null=True, blank=True, editable=False
    )
    is_eservice = models.BooleanField(_("e-tjänst"), default=False, editable=False)
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="initiatives",
        verbose_name=_("tjänsteområde"),
    )
    affected = models.ManyToManyField(
        Administration,
        blank=True,
        editable=False,
        related_name="affecting_initiatives",
        verbose_name=_("berörda förvaltningar"),
    )
    scope_reason = models.CharField(
        _("bedömning av omfattning"), max_length=10, choices=ScopeReason, blank=True
    )
    created_at = models.DateTimeField(_("påbörjat"), auto_now_add=True)
    saved_at = models.DateTimeField(_("senast sparat"), auto_now=True)

    class Meta:
        verbose_name = _("initiativ")
        verbose_name_plural = _("initiativ")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or str(_("Initiativ utan rubrik"))

    @property
    def chain(self) -> str | None:
        """The journal chain of its case; none before it is registered."""
        return self.case.chain if self.case else None

    @property
    def subject(self) -> str:
        """Under which the journal shows its events: the same before and after registration."""
        return f"initiative:{self.pk}"

    def current_followers(self, on: dt.date | None = None) -> QuerySet[Follower]:
        """Those who follow it on the day (today unless told), with their accounts."""
        day = on or timezone.localdate()
        return (
            self.followers.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
            .select_related("user")
            .order_by("pk")
        )


class AnswerSet(models.Model):
    """One part's answers at one revision: a draft that is updated, or frozen for ever.

    ``answers`` maps a question's key to a plain value: text, whole number, true or false, a
    choice's code, a list of codes or primary keys, or for benefits a mapping from group to text.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="answer_sets")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    part = models.CharField(_("del"), max_length=12, choices=Part)
    revision = models.PositiveSmallIntegerField(_("version"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answers = models.JSONField(_("svar"), default=dict)
    saved_at = models.DateTimeField(_("sparat"))
    frozen_at = models.DateTimeField(_("fryst"), null=True, blank=True)
    frozen_for = models.CharField(_("fryst när"), max_length=12, choices=Freeze, blank=True)

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["initiative", "part", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "part", "revision"], name="answer_set_once"
            ),
            models.UniqueConstraint(
                fields=["initiative", "part"],
                condition=Q(frozen_at=None),
                name="one_draft_per_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.revision}"


class Follower(models.Model):
    """A person who is told what happens (R39); following opens the case, not its secret records."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="followers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="follows", verbose_name=_("person")
    )
    role = models.CharField(_("som"), max_length=12, choices=FollowerRole)
    since = models.DateField(_("från"), default=timezone.localdate)
    until = models.DateField(
        _("till"), null=True, blank=True, help_text=_("Den dagen följer personen inte längre.")
    )

    class Meta:
        verbose_name = _("följare")
        verbose_name_plural = _("följare")
        ordering = ["initiative", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "user"],
                condition=Q(until=None),
                name="follows_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"
