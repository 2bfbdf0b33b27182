# SPDX-License-Identifier: EUPL-1.2
"""Where mail is fetched from: IMAP, a Maildir, a folder of saved mails.

A source hands out mails one at a time and is told when one is taken in; only then is it marked or
moved, so that a fetch that is interrupted loses nothing. What is handed out twice is a twin.
"""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

TAKEN = "hamtat"
"""The folder, in a folder of files, into which goes what is taken in."""
_SECONDS = 30
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as it lies in its source."""

    key: str
    data: bytes
    arrived_at: dt.datetime | None


class Source(Protocol):
    """A mailbox."""

    name: str

    def fetch(self) -> Iterator[Fetched]:
        """The mails that were not taken in before, the oldest first."""

    def taken(self, mail: Fetched) -> None:
        """The mail is kept: it need not be handed out again."""


class Folder:
    """A folder of saved mails (.eml)."""

    def __init__(self, path: Path) -> None:
        """The folder; its files move into one inside when they are taken in."""
        self.path, self.name = path, f"folder:{path.name}"

    def fetch(self) -> Iterator[Fetched]:
        """Each file whose name ends in .eml."""
        for path in sorted(self.path.glob("*.eml")):
            if path.is_file():
                yield Fetched(path.name, path.read_bytes(), _changed(path))

    def taken(self, mail: Fetched) -> None:
        """Move the file."""
        move(self.path / mail.key, self.path / TAKEN)


class Maildir:
    """A Maildir: what is new is taken in, and is seen and current afterwards."""

    def __init__(self, path: Path) -> None:
        """The folder that holds ``new``, ``cur`` and ``tmp``."""
        self.path, self.name = path, f"maildir:{path.name}"

    def fetch(self) -> Iterator[Fetched]:
        """Each file in ``new``; what is in ``tmp`` is still being written."""
        for path in sorted((self.path / "new").glob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield Fetched(path.name, path.read_bytes(), _changed(path))

    def taken(self, mail: Fetched) -> None:
        """Move it to ``cur``, marked as seen."""
        folder = self.path / "cur"
        folder.mkdir(exist_ok=True)
        (self.path / "new" / mail.key).rename(folder / f"{mail.key.partition(':')[0]}:2,S")


class Imap:
    """A mailbox on a server, read by imap-tools; nothing is deleted there.

    Where mail goes to a folder afterwards, all that lies in the mailbox is fetched. Else what is
    unseen is, so that a mail that somebody has opened there is not.
    """

    def __init__(self, url: str, done: str) -> None:
        """Args: the address with user, password and folder, and where mail goes afterwards."""
        parts = urlsplit(url)
        self._parts, self._done = parts, done
        self._folder = unquote(parts.path.lstrip("/")) or "INBOX"
        self.name = f"imap:{unquote(parts.username or '')}/{self._folder}"
        self._taken: list[str] = []

    @contextmanager
    def _box(self) -> Iterator[object]:
        from imap_tools import MailBox, MailBoxStartTls

        parts = self._parts
        kind, port = (MailBox, 993) if parts.scheme == "imaps" else (MailBoxStartTls, 143)
        box = kind(
            parts.hostname or "localhost",
            parts.port or port,
            timeout=_SECONDS,
            ssl_context=ssl.create_default_context(),  # unasked, imaplib trusts any server
        )
        with box.login(
            unquote(parts.username or ""), unquote(parts.password or ""), self._folder
        ) as inside:
            yield inside

    def fetch(self) -> Iterator[Fetched]:
        """The mails to fetch. One is marked or moved when all of its batch are kept."""
        with self._box() as box:
            uids = box.uids("ALL" if self._done else "UNSEEN")  # type: ignore[attr-defined]
            for start in range(0, len(uids), _AT_ONCE):
                self._taken = []
                for uid in uids[start : start + _AT_ONCE]:
                    if fetched := self._one(box, uid):
                        yield fetched
                self._settle(box)

    def _one(self, box: object, uid: str) -> Fetched | None:
        """The mail as its server has it, byte for byte: nothing is parsed in this process."""
        _state, answer = box.client.uid(  # type: ignore[attr-defined]
            "fetch", uid, "(INTERNALDATE BODY.PEEK[])"
        )
        for part in answer or ():
            if isinstance(part, tuple):
                return Fetched(uid, part[1], _internal_date(part[0]))
        return None  # somebody has removed it meanwhile

    def taken(self, mail: Fetched) -> None:
        """Remember it until the batch is done."""
        self._taken.append(mail.key)

    def _settle(self, box: object) -> None:
        if not self._taken:
            return
        if self._done:
            box.move(self._taken, self._done)  # type: ignore[attr-defined]
        else:
            box.flag(self._taken, "\\Seen", True)  # type: ignore[attr-defined]


def source_of(url: str, done: str = "") -> Source:
    """The source with the address.

    Raises:
        ImproperlyConfigured: there is no such kind of source.
    """
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.scheme == "maildir":
        return Maildir(path)
    if parts.scheme == "folder":
        return Folder(path)
    if parts.scheme in {"imaps", "imap+tls"}:
        return Imap(url, done)
    raise ImproperlyConfigured(
        _("MAIL_SOURCE börjar med imaps://, imap+tls://, maildir:// eller folder://.")
    )


def move(path: Path, folder: Path) -> None:
    """Move a file or folder into another; never over what is there."""
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    path.rename(target)


def _changed(path: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)


def _internal_date(line: bytes) -> dt.datetime | None:
    from imaplib import Internaldate2tuple
    from time import mktime

    found = Internaldate2tuple(line)
    return dt.datetime.fromtimestamp(mktime(found), tz=dt.UTC) if found else None
