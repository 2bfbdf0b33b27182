# SPDX-License-Identifier: EUPL-1.2
"""The diary: number series, entries, cases, records and earlier decisions.

An :class:`Entry` is the legal fact (OSL 5:2) and never changes; database triggers refuse it.
What may change later, by a service and with a journal entry, stands on :class:`Case` and
:class:`Record`. A correction keeps the old value as an :class:`Amendment` (JO 4639-2007).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.models import AudienceRow
from casework.access.sql import open_to
from casework.access.tokens import AccessFacts, Face, face_for, tokens_of
from casework.organisation.models import Authority, ServiceArea
from casework.register.enums import AmendmentKind, CaseType, Direction, LinkKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User


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


class Entry(models.Model):
    """A line of the diary: a number and what the law wants with it. Immutable.

    Identity is (authority's series, year, serial, record number); record number 0 is the case
    itself. The classification in front of an older number is not part of it.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="entries")
    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(1900), MaxValueValidator(2999)]
    )
    serial = models.PositiveIntegerField(_("löpnummer"), validators=[MinValueValidator(1)])
    record_number = models.PositiveIntegerField(_("handlingsnummer"), default=0)
    dnr = models.CharField(_("diarienummer"), max_length=60)
    key = models.CharField(max_length=60, db_index=True)
    direction = models.CharField(_("riktning"), max_length=10, choices=Direction)
    received_date = models.DateField(_("inkommet eller upprättat"))
    registered_at = models.DateTimeField(_("registrerat"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("av")
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

    def __str__(self) -> str:
        return self.dnr


class Amendment(models.Model):
    """A correction or voiding of an entry; append-only."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="amendments")
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


class TwoFaced(models.Model):
    """What a case and a record share: two faces of title and party, and a secrecy marking."""

    title = models.CharField(_("ärendemening"), max_length=400)
    title_public = models.CharField(
        _("ärendemening utåt"),
        max_length=400,
        blank=True,
        help_text=_("Fyll i om den vanliga inte kan visas för alla (OSL 5:2)."),
    )
    party = models.CharField(_("avsändare eller mottagare"), max_length=200, blank=True)
    party_public = models.CharField(
        _("avsändare eller mottagare utåt"),
        max_length=200,
        blank=True,
        help_text=_("Privatpersoner visas inte utåt; skriv till exempel ”Privatperson”."),
    )
    received_date = models.DateField(_("inkommet eller upprättat"))
    secrecy_provision = models.CharField(
        _("sekretessbestämmelse"),
        max_length=80,
        blank=True,
        help_text=_("Till exempel OSL 18:8. Tomt betyder att ärendet inte är märkt."),
    )
    secrecy_date = models.DateField(_("sekretessmarkerat"), null=True, blank=True)

    class Meta:
        abstract = True
        indexes: list[models.Index] = []

    @property
    def is_secret(self) -> bool:
        """Whether it carries a secrecy marking (OSL 5:5)."""
        return bool(self.secrecy_provision)

    def title_for(self, face: Face) -> str:
        """The title of that face; the public one falls back only when none was written."""
        return self.title if face is Face.INTERNAL else self.title_public or self.title

    def party_for(self, face: Face) -> str:
        """The party of that face; without a public variant nobody is named outwards."""
        return self.party if face is Face.INTERNAL else self.party_public


class CaseQuerySet(models.QuerySet):
    """Cases, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> CaseQuerySet:
        """The cases whose audience holds one of the person's tokens."""
        return open_to(self, CaseAudience.objects.all(), "case", tokens_of(user))


class Case(TwoFaced):
    """An ärende: what is held together under one diary number."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="case")
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
        related_name="cases",
        verbose_name=_("handläggare"),
    )
    summary = models.TextField(
        _("sammanfattning utåt"),
        blank=True,
        help_text=_("Visas för alla när ärendet är publicerat."),
    )
    is_published = models.BooleanField(_("publicerat i webbdiariet"), default=False)
    outcome = models.CharField(_("utfall"), max_length=80, blank=True)
    decided_on = models.DateField(_("beslutat"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    originator_id = models.BigIntegerField(null=True, blank=True, editable=False)
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
            models.Index(fields=["-year", "-serial"], name="case_newest"),
            models.Index(fields=["officer", "closed_at"], name="case_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title_public or self.title}" if not self.is_secret else self.dnr

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
            authority=self.authority.code,
            is_secret=self.is_secret,
            is_published=self.is_published,
            officer=self.officer_id,
            originator=self.originator_id,
            administrations=frozenset(self.administrations.values_list("slug", flat=True)),
            service_area=self.service_area.slug if self.service_area else None,
            granted=frozenset(self.grants.values_list("user_id", flat=True)),
        )

    def face_for(self, user: User | AnonymousUser | None) -> Face:
        """Which face this person is shown; ask only for cases that are visible to the person."""
        stored = frozenset(row.token for row in self.audience.all())
        return face_for(tokens_of(user), stored)


class CaseAudience(AudienceRow):
    """The tokens that open a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="audience")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "case"], name="case_audience")]


class CaseGrant(models.Model):
    """A person who was let in by name to a case, with a reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    reason = models.TextField(_("skäl"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("särskild behörighet")
        verbose_name_plural = _("särskilda behörigheter")
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.case.dnr}"


class CaseNumber(models.Model):
    """A number under which a case is found; a joint case carries several."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="numbers")
    display = models.CharField(_("diarienummer"), max_length=60)
    key = models.CharField(max_length=60, db_index=True)
    loose_key = models.CharField(max_length=30, db_index=True)

    class Meta:
        verbose_name = _("nummer")
        verbose_name_plural = _("nummer")
        constraints = [models.UniqueConstraint(fields=["case", "display"], name="number_once")]

    def __str__(self) -> str:
        return self.display


class CaseLink(models.Model):
    """A typed link between two cases, or to a number that is kept elsewhere (R67)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    kind = models.CharField(_("koppling"), max_length=12, choices=LinkKind)
    target = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    target_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    note = models.CharField(_("anmärkning"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("koppling")
        verbose_name_plural = _("kopplingar")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_number}"


class PublicCase(models.Model):
    """The public diary's own table: public fields only, of published cases only.

    Public pages and the public index read nothing else, so a field that should not be seen has no
    way there.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="public", primary_key=True)
    dnr = models.CharField(max_length=60, unique=True)
    key = models.CharField(max_length=60, db_index=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)
    party = models.CharField(max_length=200, blank=True)
    case_type = models.CharField(max_length=20, choices=CaseType)
    authority = models.CharField(max_length=200)
    service_area = models.ForeignKey(
        ServiceArea, models.PROTECT, null=True, related_name="public_cases"
    )
    received_date = models.DateField()
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    records = models.JSONField(default=list)
    events = models.JSONField(default=list)
    numbers = models.JSONField(default=list)

    class Meta:
        verbose_name = _("offentligt ärende")
        verbose_name_plural = _("offentliga ärenden")
        ordering = ["-received_date"]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title}"


class RecordQuerySet(models.QuerySet):
    """Records, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> RecordQuerySet:
        """The records whose audience holds one of the person's tokens."""
        return open_to(self, RecordAudience.objects.all(), "record", tokens_of(user))


class Record(TwoFaced):
    """A handling in a case, numbered dnr-1, dnr-2 …"""

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="record")
    dnr = models.CharField(_("handlingsnummer"), max_length=70, unique=True)
    direction = models.CharField(_("riktning"), max_length=10, choices=Direction)
    is_published = models.BooleanField(_("publicerad"), default=False)
    voided_at = models.DateTimeField(_("makulerad"), null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")
        ordering = ["case", "entry__record_number"]

    def __str__(self) -> str:
        return self.dnr

    @property
    def is_void(self) -> bool:
        """Whether the record was voided; its number stays taken."""
        return self.voided_at is not None

    def access_facts(self) -> AccessFacts:
        """The case's facts; a record is secret when it or its case is."""
        case = self.case.access_facts()
        return AccessFacts(
            authority=case.authority,
            is_secret=case.is_secret or self.is_secret,
            is_published=case.is_published and self.is_published and not self.is_void,
            officer=case.officer,
            originator=case.originator,
            administrations=case.administrations,
            service_area=case.service_area,
            granted=case.granted,
        )


class RecordAudience(AudienceRow):
    """The tokens that open a record."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="audience")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "record"], name="record_audience")]


def stored_name(_instance: models.Model, _original: str) -> str:
    """A random name without extension: what the sender called it decides nothing on disk."""
    name = uuid.uuid4().hex
    return f"records/{name[:2]}/{name}"


def record_storage() -> Storage:
    """Where files of records lie: never under the media address."""
    return storages["records"]


class RecordFile(models.Model):
    """A file of a record, stored under a random name and served as an attachment."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="files")
    file = models.FileField(upload_to=stored_name, storage=record_storage, max_length=200)
    original_name = models.CharField(_("filnamn"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")

    def __str__(self) -> str:
        return self.original_name


class EarlierDecision(models.Model):
    """A decision made before the register, imported to be searched; public."""

    external_id = models.CharField(max_length=400, unique=True)
    number = models.CharField(_("beteckning"), max_length=120, blank=True)
    dnr = models.CharField(_("diarienummer"), max_length=120, blank=True)
    key = models.CharField(max_length=60, blank=True, db_index=True)
    loose_key = models.CharField(max_length=30, blank=True, db_index=True)
    title = models.TextField(_("titel"))
    date = models.DateField(_("datum"), null=True, blank=True, db_index=True)
    decision_type = models.CharField(_("typ"), max_length=80, blank=True)
    author = models.CharField(_("avsändare"), max_length=400, blank=True)
    dept = models.CharField(_("organ"), max_length=400, blank=True)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("källa"), max_length=500, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="earlier_decisions"
    )
    content_hash = models.CharField(max_length=64, editable=False)
    change_number = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("tidigare beslut")
        verbose_name_plural = _("tidigare beslut")
        ordering = ["-date", "pk"]

    def __str__(self) -> str:
        return self.title


class DisclosureRequest(models.Model):
    """Somebody asks for a record. Nobody must say who they are (TF 2:18); no identity is kept."""

    number = models.CharField(_("diarienummer"), max_length=70, blank=True)
    text = models.TextField(_("vad som begärs"))
    contact = models.CharField(_("dit svaret ska"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("begärt"))
    answered_at = models.DateTimeField(_("besvarat"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("svar"), blank=True)

    class Meta:
        verbose_name = _("begäran om utlämnande")
        verbose_name_plural = _("begäranden om utlämnande")
        ordering = ["answered_at", "requested_at"]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.requested_at:%Y-%m-%d}"


class RegistrationToken(models.Model):
    """Remembers a sent form, so that a double click registers once."""

    token = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.token)
