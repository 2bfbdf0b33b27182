# SPDX-License-Identifier: EUPL-1.2
"""One record of a request: what was decided of it, by whom, and what was handed out."""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import Storage
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from casework.disclosure.enums import WITH_FILES, DisclosureOutcome
from casework.disclosure.models.requests import DisclosureRequest
from casework.register.models import Record, RecordFile, stored_name
from casework.register.models.records import record_storage
from casework.register.services.projections import public_slug


def copy_storage() -> Storage:
    """Masked copies lie where the records' own files do: never under the media address."""
    return record_storage()


class DisclosureItem(models.Model):
    """A record that is tried for itself (OSL 5:5), or what was asked for and is not here.

    Either a record of the diary or words of what was sought.
    """

    request = models.ForeignKey(DisclosureRequest, models.PROTECT, related_name="items")
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    said = models.CharField(_("vad som söktes"), max_length=200, blank=True)
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("prövas av"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("lämnad till"), null=True, blank=True)
    outcome = models.CharField(_("beslut"), max_length=10, choices=DisclosureOutcome, blank=True)
    provision = models.CharField(_("sekretessbestämmelse"), max_length=80, blank=True)
    reason = models.TextField(_("skäl"), blank=True)
    reviewed_at = models.DateTimeField(_("prövad"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(
        _("besvarad"), null=True, blank=True, help_text=_("Från då ändras raden inte mer.")
    )

    class Meta:
        verbose_name = _("handling i en begäran")
        verbose_name_plural = _("handlingar i begäranden")
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "record"], name="item_record_once"),
            models.CheckConstraint(
                condition=Q(record__isnull=False) | ~Q(said=""), name="item_of_something"
            ),
        ]

    def __str__(self) -> str:
        return self.record.dnr if self.record else self.said

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has decided."""
        return bool(self.outcome)

    @property
    def gives_files(self) -> bool:
        """Whether the outcome hands something out."""
        return self.outcome in WITH_FILES

    @property
    def shown_title(self) -> str:
        """What the one who asked reads of it: never more than the record's public face.

        A record with a marking has no public face but the one that somebody wrote.
        """
        record = self.record
        if record is None:
            return self.said
        closed = record.is_secret or record.case.is_secret
        return record.title_public or ("" if closed else record.title)


class HandedFile(models.Model):
    """A file that was chosen for handing out; kept, so that it can be shown what was given.

    One of the record's own, or a masked copy that was made for this order and lies in the store.
    """

    item = models.ForeignKey(DisclosureItem, models.PROTECT, related_name="files")
    source = models.ForeignKey(
        RecordFile, models.PROTECT, null=True, blank=True, related_name="handed_out"
    )
    copy = models.FileField(upload_to=stored_name, storage=copy_storage, max_length=200, blank=True)
    original_name = models.CharField(_("filnamn"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    sha256 = models.CharField(max_length=64)
    handed_at = models.DateTimeField(_("utlämnad"), null=True, blank=True)

    class Meta:
        verbose_name = _("utlämnad fil")
        verbose_name_plural = _("utlämnade filer")
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(source__isnull=False) & Q(copy="")) | (Q(source=None) & ~Q(copy="")),
                name="handed_own_or_copy",
            )
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_masked(self) -> bool:
        """Whether it is a copy in which something is covered."""
        return self.source_id is None

    @property
    def content(self) -> FieldFile:
        """The file itself."""
        return self.source.file if self.source else self.copy

    @property
    def outward_name(self) -> str:
        """What it is called outwards: by the record's number, since names of files name people."""
        record = self.item.record
        slug = public_slug(record.dnr) if record else f"handling-{self.item_id}"
        masked = "-maskad" if self.is_masked else ""
        return f"{slug}{masked}-{self.pk}{PurePath(self.original_name).suffix.lower()}"
