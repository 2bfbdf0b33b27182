# SPDX-License-Identifier: EUPL-1.2
"""Who there is: people, authorities, administrations, service areas, bodies and appointments.

Everything here is versioned data (R51): a body, an area or an appointment has a lifetime, and
history keeps pointing at what was in force then.
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import SEATS, BodyKind, Expertise, Role


class PeriodQuerySet(models.QuerySet):
    """Rows with a lifetime."""

    def in_force(self, on: dt.date | None = None) -> Self:
        """Rows whose period holds the day ``on`` (today in Swedish time unless told)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def overlapping(self, start: dt.date, end: dt.date | None) -> Self:
        """Rows in force on any day from ``start`` to ``end`` (open when None)."""
        rows = self.filter(Q(valid_until=None) | Q(valid_until__gte=start))
        return rows.filter(valid_from__lte=end) if end else rows


class Period(models.Model):
    """A lifetime, both days included; an open end means until further notice."""

    valid_from = models.DateField(_("gäller från"), default=timezone.localdate)
    valid_until = models.DateField(_("gäller till och med"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def outlasts(self, day: dt.date) -> bool:
        """Whether the period goes on after the day."""
        return self.valid_until is None or self.valid_until > day

    def is_in_force(self, on: dt.date | None = None) -> bool:
        """Whether the period holds the day ``on`` (today unless told)."""
        day = on or timezone.localdate()
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Authority(models.Model):
    """A myndighet: it keeps a diary of its own (OSL 5:1)."""

    name = models.CharField(_("namn"), max_length=200, unique=True)
    code = models.CharField(
        _("beteckning"), max_length=12, unique=True, help_text=_("Står först i numret, t.ex. KS.")
    )
    email = models.EmailField(_("e-post"), blank=True)

    class Meta:
        verbose_name = _("myndighet")
        verbose_name_plural = _("myndigheter")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class NamedPeriod(Period):
    """A name that is one row's at a time; a reorganisation may use it again (R51)."""

    name = models.CharField(_("namn"), max_length=200)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("ersätter"),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a name that another row bears on any day of this one's lifetime."""
        super().clean()
        rows = type(self)._default_manager.overlapping(self.valid_from, self.valid_until)
        if rows.filter(name=self.name).exclude(pk=self.pk).exists():
            raise ValidationError({"name": gettext("Namnet används redan under den tiden.")})


class Administration(NamedPeriod):
    """A förvaltning, where initiatives come from (R20, R28)."""

    short_name = models.CharField(_("kortnamn"), max_length=60)
    slug = models.SlugField(_("adressnamn"), unique=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="administrations", verbose_name=_("myndighet")
    )

    class Meta:
        verbose_name = _("förvaltning")
        verbose_name_plural = _("förvaltningar")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceArea(NamedPeriod):
    """A tjänsteområde: needs that lie close to each other are weighed together (R17)."""

    slug = models.SlugField(_("adressnamn"), unique=True)
    description = models.TextField(_("beskrivning"), blank=True)
    is_support = models.BooleanField(_("stödområde"), default=False)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("tjänsteområde")
        verbose_name_plural = _("tjänsteområden")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Unit(NamedPeriod):
    """An enhet of an authority: what came in stands with it until somebody there takes it."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="units", verbose_name=_("myndighet")
    )
    email = models.EmailField(_("e-post"), blank=True)

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. Any employee can originate an initiative (R21)."""

    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employees",
        verbose_name=_("förvaltning"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("enhet"),
    )
    title = models.CharField(_("titel"), max_length=120, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    must_change_password = models.BooleanField(
        _("ska byta lösenord"), default=False, editable=False
    )

    # Read once per request: they live on the object, which does.
    _access_tokens: frozenset[str]
    _appointments: list[Appointment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["last_name", "first_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Body(Period):
    """An organ that prepares or decides (R7–R19). It has a lifetime and a predecessor (R16)."""

    kind = models.CharField(_("slag"), max_length=30, choices=BodyKind)
    name = models.CharField(_("namn"), max_length=200)
    slug = models.SlugField(_("adressnamn"), unique=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="bodies", verbose_name=_("myndighet")
    )
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("tjänsteområde"),
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("ersätter"),
    )

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind=BodyKind.SERVICE_AREA_GROUP, service_area__isnull=False)
                    | (~Q(kind=BodyKind.SERVICE_AREA_GROUP) & Q(service_area__isnull=True))
                ),
                name="body_area_iff_group",
                violation_error_message=_("En tjänsteområdesgrupp hör till ett tjänsteområde."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def in_sentence(self) -> str:
        """The name in a running sentence: "tjänsteområdesgruppen för det sociala området".

        An abbreviation keeps its capitals: "IT-rådet".
        """
        if self.name[1:2].islower():
            return self.name[0].lower() + self.name[1:]
        return self.name


class AppointmentQuerySet(PeriodQuerySet):
    """Appointments by day; one lasts no longer than what it belongs to (R16)."""

    def standing(self) -> Self:
        """Those that were not taken back before they began."""
        return self.filter(taken_back_on=None)

    def overlapping(self, start: dt.date, end: dt.date | None) -> Self:
        """Those in force on any day of a period; what was taken back never is."""
        return super().overlapping(start, end).standing()

    def in_force(self, on: dt.date | None = None) -> Self:
        """Those whose own period, and whose body's or förvaltning's, holds the day."""
        day = on or timezone.localdate()
        rows = super().in_force(day).standing()
        for scope in ("body", "administration"):
            rows = rows.filter(
                Q(**{scope: None})
                | Q(Q(**{f"{scope}__valid_until": None}) | Q(**{f"{scope}__valid_until__gte": day}))
                & Q(**{f"{scope}__valid_from__lte": day})
            )
        return rows

    def seats(self) -> Self:
        """Those that are a seat in a body."""
        return self.filter(role__in=SEATS)


class Appointment(Period):
    """A person's role in a body, an administration or an authority for a period (R11)."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    role = models.CharField(_("roll"), max_length=30, choices=Role)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("organ"),
    )
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("förvaltning"),
    )
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("myndighet"),
    )
    expertise = models.CharField(
        _("sakkunskap"), max_length=10, choices=Expertise, blank=True, default=""
    )
    appointer = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("utsedd av"),
    )
    appointed_on = models.DateField(_("utsedd den"), default=timezone.localdate)
    reference = models.CharField(_("beslut om uppdraget"), max_length=200, blank=True)
    taken_back_on = models.DateField(_("återtaget den"), null=True, blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()  # type: ignore[misc]  # a narrower one

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(body__isnull=False, administration=None, authority=None)
                    | Q(body=None, administration__isnull=False, authority=None)
                    | Q(body=None, administration=None, authority__isnull=False)
                ),
                name="appointment_one_scope",
                violation_error_message=_(
                    "Ett uppdrag gäller ett organ, en förvaltning eller en myndighet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="appointment_period",
                violation_error_message=_("Uppdraget kan inte sluta innan det börjar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.scope}"

    def is_in_force(self, on: dt.date | None = None) -> bool:
        """Whether its own period, and its body's or förvaltning's, holds the day."""
        if self.taken_back_on is not None:
            return False
        scope = self.body or self.administration
        return super().is_in_force(on) and (scope is None or scope.is_in_force(on))

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"appointment:{self.pk}"

    @property
    def ends_on(self) -> dt.date | None:
        """Its last day: its own, or that of the body or förvaltning it belongs to (R16)."""
        scope = self.body or self.administration
        days = [self.valid_until, scope.valid_until if scope else None]
        return min((day for day in days if day), default=None)

    @property
    def scope(self) -> Body | Administration | Authority:
        """What the role belongs to."""
        scope = self.body or self.administration or self.authority
        assert scope is not None  # the check constraint holds exactly one
        return scope
