# SPDX-License-Identifier: EUPL-1.2
"""`manage.py scan_folder`: take in what a scanner put into a folder."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.inbox.selectors import mail_authority
from casework.inbox.services import Children, receive_scan
from casework.inbox.sources import TAKEN, move

STILL = 5.0
"""Seconds since a file was last written to; a younger one may still be on its way."""


class Command(BaseCommand):
    """Each file is a letter, and each folder of files is one; what is taken in is moved."""

    help = "Take scans into the inbox: each file, or each folder of files, is one letter."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--authority", default="", help="the code; MAIL_AUTHORITY unless told")

    def handle(self, *args: Any, folder: Path, authority: str, **options: Any) -> None:
        """Take in what lies there; what is refused stays, and is named."""
        owner = mail_authority(authority or settings.MAIL_AUTHORITY)
        if owner is None:
            raise CommandError(_("Ange myndighetens kod i MAIL_AUTHORITY."))
        if not folder.is_dir():
            raise CommandError(_("%(folder)s är ingen mapp.") % {"folder": folder})
        new = twins = 0
        refused = []
        with Children() as children:
            for path in sorted(folder.iterdir()):
                pages = _pages(path)
                if path.name == TAKEN or not pages or not all(map(_is_still, pages)):
                    continue
                files = [SimpleUploadedFile(page.name, page.read_bytes()) for page in pages]
                try:
                    _item, is_new = receive_scan(
                        authority=owner, files=files, source=f"scan:{folder.name}", actor=None,
                        title=path.stem, arrived_at=_written(pages), children=children,
                    )  # fmt: skip
                except ValidationError as error:
                    refused.append(f"{path.name}: {' '.join(error.messages)}")
                    continue
                move(path, folder / TAKEN)
                new, twins = new + is_new, twins + (not is_new)
        self.stdout.write(
            _("Nya: %(new)s, tvillingar: %(twins)s, togs inte emot: %(refused)s")
            % {"new": new, "twins": twins, "refused": len(refused)}
        )
        for line in refused:
            self.stderr.write(line)


def _pages(path: Path) -> list[Path]:
    """The files of one letter, in the order of their names; a link is not followed."""
    inside = sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else [path]
    return [x for x in inside if x.is_file() and not x.is_symlink() and not x.name.startswith(".")]


def _is_still(path: Path) -> bool:
    return time.time() - path.stat().st_mtime >= STILL


def _written(pages: list[Path]) -> dt.datetime:
    return dt.datetime.fromtimestamp(max(x.stat().st_mtime for x in pages), tz=dt.UTC)
