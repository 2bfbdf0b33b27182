# SPDX-License-Identifier: EUPL-1.2
"""What came in and is not registered yet, its files, and where else it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.archive.models import DisposalDecision
from casework.disclosure.models import DisclosureRequest
from casework.inbox.enums import AsideReason, ItemKind, ItemState, Nature
from casework.organisation.models import Authority
from casework.register.models import Case, Record, record_storage, stored_name
from casework.register.permissions import diaries_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User


CHAIN = "inkorg"
"""The journal chain of all that came in and is in no case. Locked after those of cases."""


class ItemQuerySet(models.QuerySet):
    """Items, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> ItemQuerySet:
        """Those of the authorities whose diary the person keeps; nobody else sees any (OSL 5:1)."""
        return self.filter(authority__in=diaries_of(user))

    def waiting(self) -> ItemQuerySet:
        """Those that nobody has dealt with, the oldest first."""
        return self.filter(state=ItemState.NEW).order_by("received_at", "pk")


class InboxItem(models.Model):
    """One thing that came in.

    Attributes:
        title: the mail's subject, or what the scan is called.
        received_at: when it reached us; never what the sender says.
        sent_at: what the sender says.
        digest: its identity, from content and date.
        message_id: what the mail calls itself; others may call themselves the same.
        source: from where it was fetched; no secret is in it.
        left_out: how many attachments are in the original only.
        order: of records, which it became; until the one who asked is forgotten.
        receipt: the record of the acknowledgement, of which there is one at most.
        disposal: the decision by which it was disposed of, where it is in no case. What became of
            it and when it came stay; its words, its sender and its files do not.
    """

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="inbox", verbose_name=_("myndighet")
    )
    kind = models.CharField(_("slag"), max_length=10, choices=ItemKind)
    nature = models.CharField(_("art"), max_length=12, choices=Nature, blank=True)
    title = models.CharField(_("ämne"), max_length=400, blank=True)
    sender_name = models.CharField(_("avsändare"), max_length=200, blank=True)
    sender_address = models.CharField(_("avsändarens adress"), max_length=254, blank=True)
    text = models.TextField(_("text"), blank=True)
    received_at = models.DateTimeField(_("kom in"))
    sent_at = models.DateTimeField(_("skickat"), null=True, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    message_id = models.CharField(max_length=250, blank=True, editable=False)
    source = models.CharField(_("hämtat från"), max_length=120, blank=True)
    left_out = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(_("läge"), max_length=10, choices=ItemState, default=ItemState.NEW)
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="came_as",
        verbose_name=_("ärende"),
    )
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="came_as",
        verbose_name=_("handling"),
    )  # fmt: skip
    order = models.ForeignKey(
        DisclosureRequest, models.PROTECT, null=True, blank=True, related_name="came_as",
        verbose_name=_("begäran om utlämnande"),
    )  # fmt: skip
    is_new_case = models.BooleanField(default=False, editable=False)
    receipt = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("bekräftelse"),
    )  # fmt: skip
    forwarded_to = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("skickad till"),
    )  # fmt: skip
    forwarded_address = models.CharField(_("skickad till adress"), max_length=254, blank=True)
    aside = models.CharField(_("varför"), max_length=12, choices=AsideReason, blank=True)
    reason = models.TextField(_("skäl"), blank=True)
    disposed_at = models.DateTimeField(_("gallrad"), null=True, blank=True, editable=False)
    disposal = models.ForeignKey(
        DisposalDecision, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("gallringsbeslut"),
    )  # fmt: skip
    done_at = models.DateTimeField(_("hanterad"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("av"),
    )  # fmt: skip

    objects = ItemQuerySet.as_manager()

    #: Who asked for records is told nowhere, not even by a checksum (TF 2:18).
    NOT_TOLD = frozenset({"order_id"})

    class Meta:
        verbose_name = _("post i inkorgen")
        verbose_name_plural = _("poster i inkorgen")
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "digest"], name="inbox_once"),
            models.CheckConstraint(
                condition=Q(disposed_at=None, disposal=None)
                | Q(disposed_at__isnull=False, disposal__isnull=False),
                name="inbox_disposed_by_decision",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "received_at", "id"],
                condition=Q(state=ItemState.NEW),
                name="inbox_waiting",
            ),
            models.Index(fields=["authority", "state", "-done_at"], name="inbox_done"),
            models.Index(fields=["sender_address", "authority"], name="inbox_sender"),
            models.Index(fields=["done_by", "-done_at"], name="inbox_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has dealt with it."""
        return self.state == ItemState.NEW

    @property
    def is_gone(self) -> bool:
        """Whether its words and files are disposed of, alone or with its record."""
        return bool(self.disposed_at or (self.record and self.record.disposed_at))

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"inbox:{self.pk}"

    @property
    def chain(self) -> str:
        """The journal chain of its case; of what has none, the inbox's."""
        return self.case.chain if self.case else CHAIN


class InboxFile(models.Model):
    """The original, an attachment, or a page that was scanned.

    An attachment that the gate refuses has no file of its own: it stays in the original, and its
    name and why stand here.
    """

    item = models.ForeignKey(InboxItem, models.PROTECT, related_name="files")
    file = models.FileField(
        upload_to=stored_name, storage=record_storage, max_length=200, blank=True
    )
    original_name = models.CharField(_("filnamn"), max_length=200)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    sha256 = models.CharField(max_length=64)
    is_original = models.BooleanField(_("brevet som det kom"), default=False)
    refusal = models.CharField(_("togs inte emot"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("fil i inkorgen")
        verbose_name_plural = _("filer i inkorgen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.original_name


class InboxCopy(models.Model):
    """That the same mail came again, from another mailbox or under another Message-ID."""

    item = models.ForeignKey(InboxItem, models.PROTECT, related_name="copies")
    source = models.CharField(_("hämtat från"), max_length=120, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    seen_at = models.DateTimeField(_("kom in"), auto_now_add=True)

    class Meta:
        verbose_name = _("kopia av en post")
        verbose_name_plural = _("kopior av poster")
        constraints = [
            models.UniqueConstraint(fields=["item", "source", "message_id"], name="copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.source}"


class Forwarding(models.Model):
    """An item on its way by mail, or the receipt of what it asks for.

    The job's own row, not part of what is kept. A receipt has no address here: it goes where the
    order says, as long as that knows.
    """

    item = models.ForeignKey(InboxItem, models.PROTECT, related_name="forwardings")
    address = models.CharField(_("adress"), max_length=254, blank=True)
    is_receipt = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("skapad"), auto_now_add=True)
    is_done = models.BooleanField(_("klar"), default=False)
    sent_at = models.DateTimeField(_("skickad"), null=True, blank=True)
    tried_at = models.DateTimeField(_("senast försökt"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    error = models.TextField(_("fel"), blank=True)

    class Meta:
        verbose_name = _("vidaresändning")
        verbose_name_plural = _("vidaresändningar")
        indexes = [
            models.Index(fields=["created_at"], condition=Q(is_done=False), name="forward_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.address}"
