# SPDX-License-Identifier: EUPL-1.2
"""Records of a case and their files."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from casework.access.models import AudienceRow
from casework.access.sql import held, open_to
from casework.access.tokens import PUBLIC, AccessFacts, tokens_of
from casework.register.enums import Direction, RecordKind, Retention
from casework.register.models.cases import Case, TwoFaced, shown, still_open
from casework.register.models.entries import DiaryEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User


class RecordQuerySet(models.QuerySet):
    """Records, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> RecordQuerySet:
        """The records whose audience holds one of the person's tokens."""
        tokens = tokens_of(user)
        audience = RecordAudience.objects.all()
        own = audience.filter(record=OuterRef("pk"))
        return open_to(self, audience, "record", tokens).filter(
            still_open(own, tokens, "case__published_until")
        )

    def shown_to(self, user: User | AnonymousUser | None) -> RecordQuerySet:
        """The visible ones, each with the variant that the person is shown; as of cases."""
        tokens = tokens_of(user) - {PUBLIC}
        audience = RecordAudience.objects.filter(held(tokens), record=OuterRef("pk"))
        return shown(self.visible_to(user), audience)


class Record(TwoFaced):
    """A handling in a case, numbered dnr-1, dnr-2 …

    ``public_files`` holds the keys of those of its files that everybody may read while the record
    itself is shown; a file that comes later is not among them until somebody has read it.
    """

    is_internal: bool
    shown_title: str
    shown_party: str
    """These three are annotated by ``shown_to``."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    entry = models.OneToOneField(DiaryEntry, models.PROTECT, related_name="record")
    dnr = models.CharField(_("handlingsnummer"), max_length=70, unique=True)
    kind = models.CharField(_("slag"), max_length=20, choices=RecordKind, default=RecordKind.OTHER)
    direction = models.CharField(_("riktning"), max_length=10, choices=Direction)
    is_published = models.BooleanField(_("publicerad"), default=False)
    public_files = models.JSONField(_("filer i webbdiariet"), default=list, blank=True)
    voided_at = models.DateTimeField(_("makulerad"), null=True, blank=True)
    retention = models.CharField(
        _("bevarande"),
        max_length=10,
        choices=Retention,
        blank=True,
        help_text=_("Tomt: som ärendets klass säger."),
    )
    archived_at = models.DateTimeField(_("arkiverad"), null=True, blank=True, editable=False)
    disposed_at = models.DateTimeField(_("gallrad"), null=True, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("kopia av"),
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")
        ordering = ["case", "entry__record_number"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(retention=Retention.KEEP) | models.Q(disposed_at=None),
                name="record_kept_is_not_disposed",
                violation_error_message=_("En handling som bevaras kan inte gallras."),
            )
        ]

    def __str__(self) -> str:
        return self.dnr

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # the stubs have Django's
        """The kind in words. Django's own goes through the words of all kinds for each row."""
        return str(RecordKind(self.kind).label)

    def get_direction_display(self) -> str:  # type: ignore[no-redef]  # the stubs have Django's
        """The direction in words, as the kind."""
        return str(Direction(self.direction).label)

    @property
    def is_void(self) -> bool:
        """Whether the record was voided; its number stays taken."""
        return self.voided_at is not None

    @property
    def chain(self) -> str:
        """The journal chain of its case."""
        return self.case.chain

    @property
    def subject(self) -> str:
        """The events of a record are shown with its case's."""
        return self.case.subject

    def access_facts(self) -> AccessFacts:
        """The case's facts; a record is secret when it or its case is."""
        return record_facts(
            self.case.access_facts(),
            is_secret=self.is_secret,
            is_shown=self.is_published and not self.is_void,
        )


def record_facts(case: AccessFacts, *, is_secret: bool, is_shown: bool) -> AccessFacts:
    """What the access rule needs to know about a record of that case.

    Args:
        case: the facts of the case.
        is_secret: whether the record carries a marking of its own.
        is_shown: whether it is published and not void.
    """
    closed = case.is_secret or is_secret
    return replace(
        case,
        is_secret=closed,
        is_published=case.is_published and is_shown,
        followers=frozenset() if closed else case.followers,
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


READ_HERE = "fil:"
"""In front of the keys of texts that were read here; others were given at registration."""


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

    @property
    def text_key(self) -> str:
        """Under which its text is kept, where the file was read here."""
        return f"{READ_HERE}{self.pk}"


class RegistrationToken(models.Model):
    """Remembers a sent form, so that a double click registers once."""

    token = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.token)
