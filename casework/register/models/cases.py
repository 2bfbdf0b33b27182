# SPDX-License-Identifier: EUPL-1.2
"""Cases, who may see them, the numbers under which they are found, and their links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Case as Case_
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.models import AudienceRow
from casework.access.sql import held, open_to
from casework.access.tokens import PUBLIC, AccessFacts, Face, face_for, tokens_of
from casework.organisation.models import Authority, ServiceArea, Unit
from casework.register.enums import CaseType, Outcome
from casework.register.models.entries import DiaryEntry
from casework.register.models.sorting import SORTED
from casework.register.models.terms import ClassCode
from casework.register.numbers import parse_lenient

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User


class TwoFaced(models.Model):
    """What a case and a record share: two faces of title and party, and a secrecy marking."""

    title = models.CharField(_("ärendemening"), max_length=400)
    title_public = models.CharField(
        _("offentlig ärendemening"),
        max_length=400,
        blank=True,
        help_text=_("Fyll i om den vanliga inte kan visas för alla (OSL 5:2)."),
    )
    party = models.CharField(_("avsändare eller mottagare"), max_length=200, blank=True)
    party_public = models.CharField(
        _("avsändare eller mottagare i webbdiariet"),
        max_length=200,
        blank=True,
        help_text=_("Privatpersoner visas inte; skriv till exempel ”Privatperson”."),
    )
    received_date = models.DateField(_("inkommet eller upprättat"))
    secrecy_provision = models.CharField(
        _("sekretessbestämmelse"),
        max_length=80,
        blank=True,
        help_text=_("Till exempel OSL 18:8. Tomt betyder att ärendet inte är märkt."),
    )
    secrecy_date = models.DateField(_("sekretessmarkerat"), null=True, blank=True)
    secrecy_note = models.CharField(
        _("vad markeringen gäller"),
        max_length=200,
        blank=True,
        help_text=_("Till exempel vilka uppgifter eller sidor."),
    )
    secrecy_authority = models.CharField(
        _("myndighet som har märkt"),
        max_length=120,
        blank=True,
        help_text=_("Den myndighet som har gjort anteckningen (OSL 5:5)."),
    )

    class Meta:
        abstract = True

    @property
    def is_secret(self) -> bool:
        """Whether it carries a secrecy marking (OSL 5:5)."""
        return bool(self.secrecy_provision)

    def title_for(self, face: Face) -> str:
        """The title of that face; the public one falls back only when none was written."""
        return self.title if face is Face.INTERNAL else self.title_public or self.title


Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def shown(rows: Rows, audience: models.QuerySet) -> Rows:
    """Annotate rows with which variant is shown, and with title and party of that variant.

    Args:
        rows: cases or records.
        audience: the rows of a case's or record's audience that let the person inside. Asked for
            as one value: of EXISTS, PostgreSQL makes a table of the whole city's audience, three
            times, for fifty rows.
    """
    inside = Subquery(audience.order_by().values(inside=Value(True))[:1])
    is_internal = Coalesce(inside, Value(False), output_field=models.BooleanField())
    blank = Value("")
    public_title = Case_(When(title_public="", then=F("title")), default=F("title_public"))
    return rows.annotate(is_internal=is_internal).annotate(
        shown_title=Case_(When(is_internal=True, then=F("title")), default=public_title),
        shown_party=Case_(
            When(is_internal=True, then=F("party")),
            default=Coalesce(F("party_public"), blank),
        ),
    )


def still_open(
    audience: models.QuerySet, tokens: frozenset[str], until: str = "published_until"
) -> Q:
    """Whether publicity, where it is all that lets a person in, has not ended.

    Args:
        audience: of the row that is asked for.
        tokens: of the person.
        until: the field with the last day.
    """
    shown = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": timezone.localdate()})
    own = tokens - {PUBLIC}
    return shown | Q(Exists(audience.filter(held(own)))) if own else shown


class CaseQuerySet(models.QuerySet):
    """Cases, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> CaseQuerySet:
        """The cases whose audience holds one of the person's tokens.

        What is open to everybody is so until its last day; after that it takes a token of one's
        own, whether or not a worker has taken the case out of the web diary yet.
        """
        tokens = tokens_of(user)
        audience = CaseAudience.objects.all()
        return open_to(self, audience, "case", tokens).filter(
            still_open(audience.filter(case=OuterRef("pk")), tokens)
        )

    def shown_to(self, user: User | AnonymousUser | None) -> CaseQuerySet:
        """The visible ones, each with the variant that the person is shown (OSL 5:2).

        Annotates ``is_internal``, ``shown_title`` and ``shown_party``; a list, filter, export or
        page reads title and party through these and nothing else.
        """
        tokens = tokens_of(user) - {PUBLIC}
        audience = CaseAudience.objects.filter(held(tokens), case=OuterRef("pk"))
        return shown(self.visible_to(user), audience)

    def by_number(self, text: str, *, strict: bool = False) -> CaseQuerySet:
        """The cases that carry the number, however it is written.

        Args:
            text: as a person types it.
            strict: leave out those found by year and serial alone.
        """
        readings = parse_lenient(text)
        if not readings:
            return self.none()
        exact = Q(numbers__key__in=[reading.key for reading in readings])
        loose = Q(numbers__loose_key__in=[reading.loose_key for reading in readings])
        found = self.filter(exact).distinct()
        return found if strict or found.exists() else self.filter(loose).distinct()


class Case(TwoFaced):
    """An ärende: what is held together under one diary number."""

    is_internal: bool
    shown_title: str
    shown_party: str
    """These three are annotated by ``shown_to``."""

    entry = models.OneToOneField(DiaryEntry, models.PROTECT, related_name="case")
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="cases", verbose_name=_("myndighet")
    )
    dnr = models.CharField(_("diarienummer"), max_length=60, unique=True)
    year = models.PositiveSmallIntegerField(_("år"))
    serial = models.PositiveIntegerField(_("löpnummer"))
    case_type = models.CharField(
        _("ärendetyp"), max_length=20, choices=CaseType, default=CaseType.OTHER
    )
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("tjänsteområde"),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="cases",
        verbose_name=_("handläggare"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("enhet"),
    )
    class_code = models.ForeignKey(
        ClassCode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("klass"),
    )
    due_on = models.DateField(_("svar senast"), null=True, blank=True)
    summary = models.TextField(
        _("offentlig sammanfattning"),
        blank=True,
        help_text=_("Visas för alla när ärendet är publicerat."),
    )
    is_published = models.BooleanField(_("publicerat i webbdiariet"), default=False)
    published_until = models.DateField(
        _("visas till och med"),
        null=True,
        blank=True,
        help_text=_("Efter den dagen visas ärendet inte i webbdiariet. Tomt betyder utan slut."),
    )
    outcome = models.CharField(_("utfall"), max_length=20, choices=Outcome, blank=True)
    decided_on = models.DateField(_("beslutat"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    voided_at = models.DateTimeField(_("makulerat"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="merged",
        verbose_name=_("sammanfört med"),
    )
    administrations = models.ManyToManyField(
        "organisation.Administration",
        blank=True,
        related_name="cases",
        verbose_name=_("berörda förvaltningar"),
    )
    record_count = models.PositiveIntegerField(default=0, editable=False)
    change_number = models.PositiveBigIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        ordering = ["-year", "-serial"]
        indexes = [
            models.Index(fields=["-year", "-serial", "-id"], name="case_newest"),
            models.Index(fields=["officer", "closed_at"], name="case_officer"),
            models.Index(fields=["officer", "-entry"], name="case_officer_newest"),
            models.Index(
                fields=["published_until"],
                name="case_published_until",
                condition=Q(is_published=True, published_until__isnull=False),
            ),
            models.Index(
                fields=["unit", "due_on"],
                name="case_unit_waiting",
                condition=Q(officer=None, closed_at=None),
            ),
            models.Index(
                fields=["merged_into"], name="case_joined", condition=Q(merged_into__isnull=False)
            ),
            *SORTED,
        ]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title_public or self.title}" if not self.is_secret else self.dnr

    def get_case_type_display(self) -> str:  # type: ignore[no-redef]  # the stubs have Django's
        """The type in words. Django's own goes through the words of all types for each row."""
        return str(CaseType(self.case_type).label)

    @property
    def is_void(self) -> bool:
        """Whether the case was voided; its number stays taken."""
        return self.voided_at is not None

    @property
    def is_live(self) -> bool:
        """Whether work goes on under its number: neither void nor joined into another case."""
        return self.voided_at is None and self.merged_into_id is None

    @property
    def chain(self) -> str:
        """The journal chain of the case: its series and year."""
        return f"{self.entry.series.code}/{self.year}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"case:{self.pk}"

    def access_facts(self) -> AccessFacts:
        """What the access rule needs to know."""
        return AccessFacts(
            authority=self.authority_id,
            is_secret=self.is_secret,
            is_published=self.is_published and not self.is_void,
            officer=self.officer_id,
            followers=frozenset(self.followers.values_list("user_id", flat=True)),
            administrations=frozenset(self.administrations.values_list("pk", flat=True)),
            service_area=self.service_area_id,
            grants=frozenset(self.grants.values_list("pk", flat=True)),
        )

    def stored_audience(self) -> frozenset[str]:
        """The tokens that open the case today, read anew unless they came with it."""
        joined: str | None = getattr(self, "audience_tokens", None)
        tokens = self.audience.values_list("token", flat=True) if joined is None else joined.split()
        return frozenset(tokens) - ({PUBLIC} if self.has_run_out else set())

    @property
    def has_run_out(self) -> bool:
        """Whether the last day of its publication has gone by."""
        until = self.published_until
        return until is not None and until < timezone.localdate()

    def is_open_to(self, user: User | AnonymousUser | None) -> bool:
        """Whether the person sees the case: the access rule asked of one case."""
        return not self.stored_audience().isdisjoint(tokens_of(user))

    def face_for(self, user: User | AnonymousUser | None) -> Face:
        """Which face this person is shown; ask only for cases that are visible to the person."""
        return face_for(tokens_of(user), self.stored_audience())


class CaseAudience(AudienceRow):
    """The tokens that open a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="audience")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "case"], name="case_audience")]


class CaseFollower(models.Model):
    """A person who follows the matter of a case from before it had a number (R25).

    Followers open the case, also when it is secret, but not its secret records.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="followers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="follower_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.case.dnr}"


class CaseNumber(models.Model):
    """A number under which a case is found; a joint case carries several."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="numbers", db_index=False)
    display = models.CharField(_("diarienummer"), max_length=60)
    key = models.CharField(max_length=60)
    loose_key = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("nummer")
        verbose_name_plural = _("nummer")
        constraints = [models.UniqueConstraint(fields=["case", "display"], name="number_once")]
        indexes = [
            models.Index(fields=["key"], name="number_key"),
            models.Index(fields=["loose_key"], name="number_loose_key"),
        ]

    def __str__(self) -> str:
        return self.display
