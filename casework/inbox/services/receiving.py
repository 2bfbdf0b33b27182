# SPDX-License-Identifier: EUPL-1.2
"""Taking in what came: nothing is lost, nothing is taken in twice, nothing is filed by itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.inbox import events
from casework.inbox.enums import PARKED, AsideReason, ItemKind, ItemState, Nature
from casework.inbox.models import InboxCopy, InboxFile, InboxItem
from casework.inbox.permissions import require_sort
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import Authority, User
from casework.reading.jail import Broken, Jail
from casework.register.uploads import ManyFiles, check_upload, shown_name

MAIL = "message/rfc822"
ORIGINAL = "original.eml"


class Children:
    """The children that read mails and look into files; kept while many things come in."""

    def __init__(self) -> None:
        """Nothing is started before it is needed."""
        self.mails, self.gate = Jail("casework.reading.mails"), ManyFiles()

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.mails.close()
        self.gate.close()


class Received(NamedTuple):
    """What was taken in, and whether it is new: a twin returns what was there."""

    item: InboxItem
    is_new: bool


@dataclass(slots=True)
class _Kept:
    """A file that is to be kept, or that was refused."""

    name: str
    content: bytes
    content_type: str = ""
    refusal: str = ""
    is_original: bool = False


def receive_mail(
    *,
    authority: Authority,
    data: bytes,
    source: str,
    actor: User | None,
    arrived_at: dt.datetime | None = None,
    children: Children | None = None,
) -> Received:
    """Take in a mail as it came; the original is kept whatever is in it.

    What is the same in content and date is the same mail, from whichever mailbox and under
    whichever Message-ID. Bounces, automatic replies and our own mail are set aside at once, and can
    be taken back. A mail that cannot be read waits like any other, to be read by a person.

    Args:
        source: the mailbox, without secrets.
        arrived_at: when it reached the mailbox; never what the mail says, and never ahead.
        children: kept by those who take in many.

    Raises:
        PermissionDenied: the person does not keep the authority's diary.
    """
    require_sort(actor, authority)
    if children is None:
        with Children() as own:
            return _take_mail(authority, data, source, actor, arrived_at, own)
    return _take_mail(authority, data, source, actor, arrived_at, children)


def _take_mail(
    authority: Authority,
    data: bytes,
    source: str,
    actor: User | None,
    arrived_at: dt.datetime | None,
    children: Children,
) -> Received:
    told, contents = _read(data, children)
    digest = str(told.get("digest") or hashlib.sha256(data).hexdigest())
    message_id = str(told.get("message_id", ""))
    if twin := _known(authority, digest):
        return _again(twin, source, message_id)
    nature = _nature(told)
    item = InboxItem(
        authority=authority,
        kind=ItemKind.MAIL,
        nature=nature,
        title=told.get("title", ""),
        sender_name=told.get("sender_name", ""),
        sender_address=told.get("sender_address", ""),
        text=told.get("text", ""),
        sent_at=_moment(told.get("sent_at", "")),
        digest=digest,
        message_id=message_id,
        source=source[:120],
        left_out=told.get("left_out", 0),
    )
    kept = [_Kept(ORIGINAL, data, MAIL, is_original=True)]
    kept += _attachments(told, contents, children)
    if nature in PARKED:
        item.state, item.aside = ItemState.SET_ASIDE, AsideReason.AUTOMATIC
        item.done_at = timezone.now()
    return _insert(item, kept, arrived_at, actor)


def receive_scan(
    *,
    authority: Authority,
    files: Sequence[UploadedFile],
    source: str,
    actor: User | None,
    title: str = "",
    arrived_at: dt.datetime | None = None,
    children: Children | None = None,
) -> Received:
    """Take in what was scanned: the files of one letter, through the gate.

    Raises:
        PermissionDenied: the person does not keep the authority's diary.
        ValidationError: there is no file, or one of them is not accepted; none is kept then.
    """
    require_sort(actor, authority)
    if not files:
        raise ValidationError({"files": _("Välj minst en fil.")}, code="required")
    kept = list(_checked(files, children))
    item = InboxItem(
        authority=authority,
        kind=ItemKind.SCAN,
        title=(title.strip() or kept[0].name.rpartition(".")[0] or kept[0].name)[:400],
        digest=_digest_of(kept),
        source=source[:120],
    )
    return _once(item, kept, arrived_at, actor)


def receive_letter(
    *,
    authority: Authority,
    title: str,
    actor: User | None,
    text: str = "",
    sender_name: str = "",
    files: Sequence[UploadedFile] = (),
    arrived_at: dt.datetime | None = None,
) -> Received:
    """Take in what was handed over or told, to be registered later.

    Raises:
        PermissionDenied: the person does not keep the authority's diary.
        ValidationError: it has no title, or a file is not accepted.
    """
    require_sort(actor, authority)
    if not title.strip():
        raise ValidationError({"title": _("Skriv vad det gäller.")}, code="required")
    kept = list(_checked(files, None))
    day = timezone.localdate(_not_ahead(arrived_at)).isoformat()
    item = InboxItem(
        authority=authority,
        kind=ItemKind.LETTER,
        title=title.strip()[:400],
        text=text.strip(),
        sender_name=sender_name.strip()[:200],
        digest=_digest_of(kept, title, text, sender_name, day),
    )
    return _once(item, kept, arrived_at, actor)


def _read(data: bytes, children: Children) -> tuple[dict[str, Any], list[bytes]]:
    """What the child says of a mail; nothing but that it cannot be read, where it can not."""
    if len(data) > settings.MAX_MAIL_BYTES:
        return {"nature": Nature.UNREADABLE}, []
    try:
        told, content = children.mails.ask({}, data)
    except Broken:
        return {"nature": Nature.UNREADABLE}, []
    if "fault" in told:
        return {"nature": Nature.UNREADABLE}, []
    sizes = [int(row["size"]) for row in told["files"]]
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    found = [content[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    return told, found


def _nature(told: dict[str, Any]) -> str:
    address = told.get("sender_address", "")
    if address and address in {own.casefold() for own in settings.MAIL_OWN_ADDRESSES}:
        return Nature.BOUNCE if told.get("nature") == Nature.BOUNCE else Nature.OWN
    return str(told.get("nature", ""))


def _attachments(
    told: dict[str, Any], contents: Sequence[bytes], children: Children
) -> Iterator[_Kept]:
    for row, content in zip(told.get("files", ()), contents, strict=True):
        kept = _Kept(row["name"], content)
        try:
            file = SimpleUploadedFile(kept.name, content)
            kept.name = shown_name(file)
            kept.content_type = check_upload(file, children.gate)
        except ValidationError as error:
            kept.refusal = " ".join(error.messages)[:400]
        yield kept


def _checked(files: Sequence[UploadedFile], children: Children | None) -> Iterator[_Kept]:
    for file in files:
        kind = check_upload(file, children.gate if children else None)
        file.seek(0)
        yield _Kept(shown_name(file), file.read(), kind)


def _digest_of(kept: Sequence[_Kept], *said: str) -> str:
    whole = hashlib.sha256("\x00".join(said).encode())
    for each in sorted(hashlib.sha256(row.content).hexdigest() for row in kept):
        whole.update(each.encode())
    return whole.hexdigest()


def _known(authority: Authority, digest: str) -> InboxItem | None:
    return InboxItem.objects.filter(authority=authority, digest=digest).first()


def _again(item: InboxItem, source: str, message_id: str) -> Received:
    """Note that it came once more, unless it is the very same mail in the same mailbox."""
    if (source[:120], message_id) != (item.source, item.message_id):
        InboxCopy.objects.get_or_create(item=item, source=source[:120], message_id=message_id)
    return Received(item, is_new=False)


def _once(
    item: InboxItem, kept: Sequence[_Kept], arrived_at: dt.datetime | None, actor: User | None
) -> Received:
    if twin := _known(item.authority, item.digest):
        return _again(twin, item.source, "")
    return _insert(item, kept, arrived_at, actor)


def _insert(
    item: InboxItem, kept: Sequence[_Kept], arrived_at: dt.datetime | None, actor: User | None
) -> Received:
    item.received_at = _not_ahead(arrived_at)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
            files = [_stored(item, row) for row in kept]
            log(
                events.RECEIVED,
                item,
                actor=actor,
                after={
                    "kind": str(item.kind),
                    "nature": str(item.nature),
                    "state": str(item.state),
                    "files": len(files),
                },
                rows=digests_of(item, *files),
            )
    except IntegrityError:
        # Two fetched the same mail at the same time.
        if twin := _known(item.authority, item.digest):
            return _again(twin, item.source, item.message_id)
        raise
    return Received(item, is_new=True)


def _stored(item: InboxItem, row: _Kept) -> InboxFile:
    file = InboxFile(
        item=item,
        original_name=row.name[-200:],
        content_type=row.content_type[:120],
        size=len(row.content),
        sha256=hashlib.sha256(row.content).hexdigest(),
        is_original=row.is_original,
        refusal=row.refusal,
    )
    if not row.refusal:
        file.file.save(row.name, ContentFile(row.content), save=False)
    file.save(force_insert=True)
    return file


def _not_ahead(moment: dt.datetime | None) -> dt.datetime:
    now = timezone.now()
    return now if moment is None else min(moment, now)


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
