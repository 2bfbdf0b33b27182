# SPDX-License-Identifier: EUPL-1.2
"""Templates, the Word files and PDFs made with them, and files that came back.

What a Word file was made of is kept with the file, so that the two can be compared when it comes
back. A finished report is a record of its case.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.register.models import Record
from docgen.enums import GenerationState
from docgen.models.reports import Report

# After this long an order is worth a word about the worker.
PATIENCE = dt.timedelta(minutes=2)
# After this long nobody is at work on it any more: a worker that was stopped says nothing.
LOST = dt.timedelta(minutes=10)
_WAITING = (GenerationState.PENDING, GenerationState.RUNNING)


def document_storage() -> Storage:
    """Where Word files lie: beside the records, never under a public address."""
    return storages["records"]


def stored_name(instance: models.Model, filename: str) -> str:
    """A random name without extension; the readable one is made when the file is served."""
    return f"documents/{uuid.uuid4().hex}"


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
