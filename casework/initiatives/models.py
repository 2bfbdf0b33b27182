# SPDX-License-Identifier: EUPL-1.2
"""Initiatives: forms with questions as data, answers that are kept, followers, and batches.

What the originator wrote stays what the originator wrote: contact person and officer answer in
parts of their own. A set of answers is frozen when it is sent on and never changes after that; a
trigger holds it. The columns of :class:`Initiative` that repeat an answer are projections of the
newest ones, for lists and rules, and are written by the service alone.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import (
    BenefitGroup,
    FollowerRole,
    FormState,
    Freeze,
    InitiativeKind,
    Part,
    QuestionKind,
    ScopeReason,
    ShownTo,
)
from casework.organisation.models import Administration, Period, ServiceArea
from casework.register.models import Case, record_storage


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    """Form versions by state."""

    def in_use(self) -> FormVersion | None:
        """The version in use: the newest one that has been taken into use."""
        return self.filter(state=FormState.IN_USE).order_by("-version").first()


class FormVersion(models.Model):
    """A version of the fixed form (R27, R43). An initiative keeps the version it was begun on."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    state = models.CharField(_("läge"), max_length=10, choices=FormState, default=FormState.DRAFT)
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    large_budget_tkr = models.PositiveIntegerField(
        _("stor budget från och med"),
        default=5_000,
        help_text=_("Tusental kronor. Så mycket gör en enda förvaltnings projekt stort."),
    )
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("formulärversion")
        verbose_name_plural = _("formulärversioner")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Question(models.Model):
    """One question of a form version. The city words it, orders it, and says when it is needed."""

    form_version = models.ForeignKey(FormVersion, models.CASCADE, related_name="questions")
    key = models.SlugField(_("nyckel"), max_length=40)
    kind = models.CharField(_("slag av svar"), max_length=20, choices=QuestionKind)
    part = models.CharField(_("besvaras av"), max_length=12, choices=Part, default=Part.ORIGINATOR)
    step = models.PositiveSmallIntegerField(_("steg"), default=1)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    label = models.CharField(_("fråga"), max_length=200)
    help = models.CharField(_("hjälptext"), max_length=400, blank=True)
    example = models.CharField(_("exempel"), max_length=200, blank=True)
    choices = models.JSONField(
        _("svarsalternativ"),
        default=list,
        blank=True,
        help_text=_("Par av kod och text, för frågor med val."),
    )
    required_to_send = models.BooleanField(_("krävs för att skicka"), default=False)
    required_to_prepare = models.BooleanField(_("krävs för att bereda"), default=False)
    missing = models.CharField(_("text när svaret saknas"), max_length=200, blank=True)
    shown_to = models.CharField(_("visas för"), max_length=10, choices=ShownTo, default=ShownTo.ALL)

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
    """One of the city's goals, to which an initiative contributes (R50)."""

    code = models.CharField(_("beteckning"), max_length=20, unique=True)
    title = models.CharField(_("mål"), max_length=200)

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("stadens mål")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Batch(models.Model):
    """A förvaltning's prepared initiatives, sent together to stadsledningskontoret (R28, R55)."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="batches", verbose_name=_("förvaltning")
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("skickad"))
    message = models.TextField(_("meddelande"), blank=True)

    class Meta:
        verbose_name = _("sammanställning")
        verbose_name_plural = _("sammanställningar")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.administration} {timezone.localdate(self.sent_at)}"


class Initiative(models.Model):
    """A need or an idea, described so that it can be compared with others (R41, R44)."""

    #: What repeats the answers is compared with them; the rest moves as the work goes on.
    NOT_TOLD = frozenset(
        {
            "case_id", "title", "kind", "cost_tkr", "service_area_id", "is_eservice",
            "scope_reason", "saved_at",
        }
    )  # fmt: skip

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
    # Every sending that it came in: one that is sent back comes in once more.
    batches = models.ManyToManyField(
        Batch, blank=True, related_name="initiatives", verbose_name=_("sammanställningar")
    )
    title = models.CharField(_("rubrik"), max_length=200, blank=True)
    kind = models.CharField(_("slag"), max_length=10, choices=InitiativeKind, blank=True)
    # What the answers say of the cost of IT (R48), in thousands of kronor.
    cost_tkr = models.PositiveIntegerField(_("kostnad i tkr"), null=True, blank=True)
    affected = models.ManyToManyField(
        Administration,
        blank=True,
        related_name="affecting_initiatives",
        verbose_name=_("berörda förvaltningar"),
    )
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("tjänsteområde"),
    )
    is_eservice = models.BooleanField(_("e-tjänst"), default=False)
    scope_reason = models.CharField(
        _("bedömning av omfattning"), max_length=10, choices=ScopeReason, blank=True
    )
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name=_("sammanfört med"),
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

    @property
    def batch(self) -> Batch | None:
        """The newest sending that it came in; one that was sent back has come in several."""
        return self.batches.order_by("sent_at", "pk").last()

    def current_followers(self) -> models.QuerySet[Follower]:
        """Those who follow it today, the originator first."""
        return self.followers.filter(until=None).order_by("pk")


class AnswerSet(models.Model):
    """Answers of one part at one revision; once frozen they never change."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="answer_sets")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    part = models.CharField(_("av"), max_length=12, choices=Part)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("skrivet av")
    )
    answers = models.JSONField(_("svar"), default=dict)
    saved_at = models.DateTimeField(_("sparat"))
    frozen_at = models.DateTimeField(_("fryst"), null=True, blank=True)
    frozen_for = models.CharField(max_length=12, choices=Freeze, blank=True)

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["initiative", "part", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "part", "revision"], name="answers_revision_once"
            ),
            models.UniqueConstraint(
                fields=["initiative", "part"],
                condition=Q(frozen_at=None),
                name="answers_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_part_display()} {self.revision}"


class CostLine(models.Model):
    """One year of what an initiative costs, as its newest answers have it (R6, R48).

    Years are counted from the first in which it gets money; the year after the last of the plan
    stands for each one from then on. Thousands of kronor.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="cost_lines")
    year = models.PositiveSmallIntegerField(_("år"))
    one_off_tkr = models.PositiveIntegerField(_("engångskostnad, tkr"), default=0)
    running_tkr = models.PositiveIntegerField(_("löpande kostnad, tkr"), default=0)
    own_tkr = models.PositiveIntegerField(_("egna medel, tkr"), default=0)
    external_tkr = models.PositiveIntegerField(_("annan finansiering, tkr"), default=0)

    class Meta:
        verbose_name = _("kostnadsrad")
        verbose_name_plural = _("kostnadsrader")
        ordering = ["initiative", "year"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "year"], name="cost_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.one_off_tkr} + {self.running_tkr}"


class BenefitLine(models.Model):
    """What a group gains by an initiative, as its newest answers have it (R49)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="benefit_lines")
    group = models.CharField(_("grupp"), max_length=12, choices=BenefitGroup)
    level = models.PositiveSmallIntegerField(_("nytta"))
    measure = models.CharField(_("mått"), max_length=500, blank=True)
    evidence = models.CharField(_("underlag"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("nytta")
        verbose_name_plural = _("nyttor")
        ordering = ["initiative", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "group"], name="benefit_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.level}"


class Follower(models.Model):
    """Somebody who is told what happens to an initiative, and sees its case (R39)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="followers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="following",
        verbose_name=_("person"),
    )
    role = models.CharField(_("som"), max_length=12, choices=FollowerRole)
    since = models.DateTimeField(_("sedan"), default=timezone.now)
    until = models.DateTimeField(_("till"), null=True, blank=True)

    class Meta:
        verbose_name = _("följare")
        verbose_name_plural = _("följare")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "user"],
                condition=Q(until=None),
                name="initiative_follower_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


def attachment_name(_instance: models.Model, _original: str) -> str:
    """A random name without extension, beside the files of records."""
    name = uuid.uuid4().hex
    return f"drafts/{name[:2]}/{name}"


class Attachment(models.Model):
    """A file that the authors put with the form; it becomes a file of record 1 (TF 2:9).

    Until the initiative is sent it can be taken away again; once registered the record holds it.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to=attachment_name, storage=record_storage, max_length=200)
    original_name = models.CharField(_("filnamn"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("bifogad"))

    class Meta:
        verbose_name = _("bilaga")
        verbose_name_plural = _("bilagor")
        ordering = ["initiative", "pk"]

    def __str__(self) -> str:
        return self.original_name
