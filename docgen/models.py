# SPDX-License-Identifier: EUPL-1.2
"""Reports (tjänsteutlåtanden) and the Word files made of them.

A report is a Wagtail model with drafts and revisions and no states of its own (see
docs/mechanisms/documents.md). It is never "published": each saving is a revision and the row holds
the newest. What a Word file was made of is kept with the file, so that it can be made again and
compared when it comes back. A finished report is a record of its case.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin

from casework.meetings.enums import DissentKind
from casework.register.models import Case, Record
from docgen.enums import GenerationState
from docgen.written import refuse_unwritable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User

# After this long an order is worth a word about the worker.
PATIENCE = dt.timedelta(minutes=2)
# After this long nobody is at work on it any more: a worker that was stopped says nothing.
LOST = dt.timedelta(minutes=10)
_WAITING = (GenerationState.PENDING, GenerationState.RUNNING)
RICH = ["h3", "bold", "italic", "ol", "ul", "link"]


def document_storage() -> Storage:
    """Where Word files lie: beside the records, never under a public address."""
    return storages["records"]


def stored_name(instance: models.Model, filename: str) -> str:
    """A random name without extension; the readable one is made when the file is served."""
    return f"documents/{uuid.uuid4().hex}"


class ReportQuerySet(models.QuerySet):
    """Reports, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> ReportQuerySet:
        """The reports of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Report(DraftStateMixin, RevisionMixin, ClusterableModel):
    """A tjänsteutlåtande being written (R60)."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="reports", verbose_name=_("ärende"), editable=False
    )
    title = models.CharField(_("rubrik"), max_length=400)
    kind_line = models.CharField(
        _("slag av ärende"),
        max_length=200,
        blank=True,
        help_text=_("Står under rubriken, till exempel ”Svar på remiss från kommunstyrelsen”."),
    )
    administration = models.CharField(_("förvaltning"), max_length=200)
    department = models.CharField(_("avdelning"), max_length=200, blank=True)
    date = models.DateField(_("datum"))
    facts = models.JSONField(default=dict, editable=False)
    facts_fixed = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("påbörjat"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("tjänsteutlåtande")
        verbose_name_plural = _("tjänsteutlåtanden")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.case.dnr} {self.title}" if not self.case.is_secret else self.case.dnr

    def clean(self) -> None:
        """Refuse what a document cannot hold."""
        super().clean()
        refuse_unwritable(self)


class Part(models.Model):
    """A piece of a report: ordered, with an id that is the same in all revisions."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def clean(self) -> None:
        """Refuse what a document cannot hold."""
        super().clean()
        refuse_unwritable(self)


class Officer(Part):
    """A handläggare named in the report."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="officers")
    name = models.CharField(_("namn"), max_length=200)
    phone = models.CharField(_("telefon"), max_length=60, blank=True)
    email = models.EmailField(_("e-post"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("handläggare")
        verbose_name_plural = _("handläggare")

    def __str__(self) -> str:
        return self.name


class Recipient(Part):
    """A board or executive that the report goes to."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(_("nämnd eller styrelse"), max_length=200)
    meeting_date = models.DateField(_("sammanträder"), null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("mottagare")
        verbose_name_plural = _("mottagare")

    def __str__(self) -> str:
        return self.name


class DecisionGroup(Part, ClusterableModel):
    """What one body is to decide (R61): a row of its own, so that no point carries the lead."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="decision_groups")
    body = models.CharField(
        _("vem som beslutar"), max_length=200, help_text=_("Till exempel Kommunfullmäktige.")
    )
    lead = models.CharField(
        _("inledning"),
        max_length=300,
        blank=True,
        help_text=_("Står över punkterna. Lämnas den tom skrivs ”Kommunstyrelsen beslutar”."),
    )

    class Meta(Part.Meta):
        verbose_name = _("beslutande organ")
        verbose_name_plural = _("förslag till beslut")

    def __str__(self) -> str:
        return self.lead or self.body


class DecisionPoint(Part):
    """A numbered point; numbering starts at one in each group."""

    group = ParentalKey(DecisionGroup, on_delete=models.CASCADE, related_name="points")
    text = models.TextField(_("beslutspunkt"))

    class Meta(Part.Meta):
        verbose_name = _("beslutspunkt")
        verbose_name_plural = _("beslutspunkter")

    def __str__(self) -> str:
        return self.text[:60]


class Signatory(Part):
    """A person who signs after the proposed decisions."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("namn"), max_length=200)
    title = models.CharField(_("titel"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("underskrift")
        verbose_name_plural = _("underskrifter")

    def __str__(self) -> str:
        return self.name


class ReportSection(Part):
    """A heading and its text. The standard headings come from the template's data."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40, blank=True, editable=False)
    heading = models.CharField(_("rubrik"), max_length=200)
    level = models.PositiveSmallIntegerField(
        _("nivå"),
        default=1,
        choices=[(1, _("Rubrik")), (2, _("Underrubrik"))],
        validators=[MinValueValidator(1), MaxValueValidator(2)],
    )
    body = RichTextField(_("text"), features=RICH, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")

    def __str__(self) -> str:
        return self.heading


class Attachment(Part):
    """A line under Bilagor."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="attachments")
    text = models.CharField(_("bilaga"), max_length=300)

    class Meta(Part.Meta):
        verbose_name = _("bilaga")
        verbose_name_plural = _("bilagor")

    def __str__(self) -> str:
        return self.text


class ReportDissent(Part):
    """A reservation or special statement, with persons, party and own proposal (R70)."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="dissents")
    kind = models.CharField(
        _("slag"), max_length=12, choices=DissentKind, default=DissentKind.RESERVATION
    )
    body = models.CharField(
        _("var"), max_length=200, blank=True, help_text=_("Till exempel borgarrådsberedningen.")
    )
    persons = models.TextField(
        _("personer"), help_text=_("En på varje rad, med parti: ”Kim Ek (s)”.")
    )
    proposal = models.TextField(
        _("eget förslag"), blank=True, help_text=_("En punkt på varje rad.")
    )
    text = RichTextField(_("skäl"), features=["bold", "italic", "ol", "ul"], blank=True)
    note = models.CharField(_("anmärkning"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("reservation eller särskilt uttalande")
        verbose_name_plural = _("reservationer och särskilda uttalanden")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.body}"


class DocumentTemplate(models.Model):
    """A Word template that has passed the check. The newest active one is used."""

    name = models.CharField(_("namn"), max_length=120)
    version = models.CharField(_("version"), max_length=40, unique=True)
    file = models.FileField(_("fil"), upload_to=stored_name, storage=document_storage)
    sha256 = models.CharField(max_length=64, editable=False)
    is_active = models.BooleanField(_("används"), default=False)
    created_at = models.DateTimeField(_("inlagd"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("dokumentmall")
        verbose_name_plural = _("dokumentmallar")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def subject(self) -> str:
        """Under which the journal tells of it."""
        return f"template:{self.pk}"


class GeneratedDocument(models.Model):
    """A Word file of a report, from the order to the finished file."""

    #: How far the work has come is no matter of the journal; ``content`` has a hash of its own.
    NOT_TOLD = frozenset(
        {
            "content", "state", "error", "pdf_state", "pdf_error", "pdf_ordered_at",
            "started_at", "finished_at",
        }
    )  # fmt: skip

    report = models.ForeignKey(Report, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField(_("version"))
    revision_number = models.BigIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64, db_index=True)
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, null=True, related_name="+")
    template_version = models.CharField(_("mallversion"), max_length=40)
    engine_version = models.CharField(max_length=20)
    state = models.CharField(
        _("läge"), max_length=10, choices=GenerationState, default=GenerationState.PENDING
    )
    error = models.TextField(_("fel"), blank=True)
    file = models.FileField(upload_to=stored_name, storage=document_storage, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True)
    signature_page = models.PositiveIntegerField(null=True)
    record = models.OneToOneField(
        Record,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="generated_document",
        verbose_name=_("handling"),
        help_text=_("Den handling som filen blev när tjänsteutlåtandet färdigställdes."),
    )
    pdf_state = models.CharField(max_length=10, choices=GenerationState, blank=True)
    pdf_error = models.TextField(blank=True)
    pdf_ordered_at = models.DateTimeField(null=True)
    pdf_file = models.FileField(upload_to=stored_name, storage=document_storage, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Word-fil")
        verbose_name_plural = _("Word-filer")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="document_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.report.case.dnr} version {self.number}"

    @property
    def is_lost(self) -> bool:
        """Whether it was ordered so long ago that it has to be ordered again."""
        return self.state in _WAITING and timezone.now() - self.created_at > LOST

    @property
    def pdf_is_lost(self) -> bool:
        """As ``is_lost``, of the PDF."""
        ordered = self.pdf_ordered_at or self.created_at
        return self.pdf_state in _WAITING and timezone.now() - ordered > LOST

    @property
    def is_underway(self) -> bool:
        """Whether it, or its PDF, is ordered and may still come."""
        word = self.state in _WAITING and not self.is_lost
        return word or (self.pdf_state in _WAITING and not self.pdf_is_lost)

    @property
    def is_stuck(self) -> bool:
        """Whether it has waited so long that the worker is probably down."""
        since = self.created_at if self.state in _WAITING else self.pdf_ordered_at
        return self.is_underway and timezone.now() - (since or self.created_at) > PATIENCE

    @property
    def filename(self) -> str:
        """The name under which it is downloaded: number, kind and version."""
        dnr = "-".join(self.report.case.dnr.replace("/", "-").split())
        return f"{dnr}-tjansteutlatande-{self.number}.docx"

    @property
    def signatures_late(self) -> bool:
        """Whether the signatures probably fall after the first page."""
        return bool(self.signature_page and self.signature_page > 1)


class ReturnedDocument(models.Model):
    """A Word file that came back, what it changes, and whether that was taken over."""

    #: Made of the file, which has its hash; a file that is handed in again is compared anew.
    NOT_TOLD = frozenset({"changes", "remarks"})

    report = models.ForeignKey(Report, models.PROTECT, related_name="returned")
    document = models.ForeignKey(
        GeneratedDocument, models.PROTECT, null=True, related_name="returned"
    )
    original_name = models.CharField(_("filnamn"), max_length=200)
    file = models.FileField(upload_to=stored_name, storage=document_storage)
    sha256 = models.CharField(max_length=64)
    changes = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    applied = models.JSONField(default=list)
    remarks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("återlämnad Word-fil")
        verbose_name_plural = _("återlämnade Word-filer")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.original_name
