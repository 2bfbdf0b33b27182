# SPDX-License-Identifier: EUPL-1.2
"""`manage.py import_decisions`: earlier decisions from JSON Lines."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from casework.organisation.models import Authority
from casework.register.importing import MAX_LINE, ImportReport, import_decisions

_GZIP = b"\x1f\x8b"
_SHOWN_FAULTS = 200


class Command(BaseCommand):
    """Imports earlier decisions."""

    help = (
        "Import earlier decisions from a file of JSON Lines, gzip or plain. Keys: id, number, dnr, "
        "title, date, type, author, dept, body, url; others are ignored, id and title are needed. "
        "Rows are known again by their id: an import can be run twice. Bad lines are listed by "
        "number and reason, and the others are imported; of a file that breaks off, what stands "
        "before. Exit 1 when the file breaks off or no line could be read. The worker makes them "
        "searchable."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--authority", metavar="A", help="code of the authority, such as KS")
        parser.add_argument("--dry-run", action="store_true", help="read and check, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and report."""
        authority = self._authority(options["authority"])
        path: Path = options["file"]
        quiet = options["verbosity"] == 0
        breaks: list[Exception] = []
        try:
            with path.open("rb") as raw:
                bar = tqdm(
                    total=path.stat().st_size, unit="B", unit_scale=True, desc=path.name,
                    disable=quiet,
                )  # fmt: skip
                with bar:
                    report = import_decisions(
                        _lines(raw, bar, breaks), authority=authority, dry_run=options["dry_run"]
                    )
        except OSError as error:
            raise CommandError(_("Filen kan inte läsas: %(error)s") % {"error": error}) from error
        self._report(report, dry_run=options["dry_run"])
        if breaks:
            raise CommandError(
                _(
                    "Filen är avbruten och kan inte läsas till slutet: %(reason)s. Raderna före "
                    "avbrottet är med i räkningen ovan."
                )
                % {"reason": breaks[0]}
            )
        if report.faults and not (report.created or report.updated or report.unchanged):
            raise CommandError(_("Ingen rad i filen gick att läsa."))

    def _authority(self, code: str | None) -> Authority | None:
        if code is None:
            return None
        try:
            return Authority.objects.get(code=code)
        except Authority.DoesNotExist as error:
            known = ", ".join(Authority.objects.values_list("code", flat=True)) or "inga"
            raise CommandError(
                _("Myndigheten %(code)s finns inte. Kända: %(known)s.")
                % {"code": code, "known": known}
            ) from error

    def _report(self, report: ImportReport, *, dry_run: bool) -> None:
        for fault in report.faults[:_SHOWN_FAULTS]:
            self.stderr.write(f"Rad {fault.line}: {fault.reason}")
        if len(report.faults) > _SHOWN_FAULTS:
            self.stderr.write(f"… och {len(report.faults) - _SHOWN_FAULTS} rader till")
        lead = "Skulle ge: " if dry_run else ""
        self.stdout.write(
            _(
                "%(lead)s%(created)s nya, %(updated)s ändrade, %(unchanged)s oförändrade, "
                "%(count)s felaktiga rader."
            )
            % {
                "lead": lead,
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "count": len(report.faults),
            }
        )


def _lines(raw: BinaryIO, bar: tqdm, breaks: list[Exception]) -> Iterator[bytes]:
    """Yield the lines of a file, gzip told by its first bytes; move the bar as the file is read.

    A packed file that breaks off ends there, with the reason in ``breaks``. Of a line without end
    no more is kept in memory than tells that it is too long.
    """
    start = raw.read(2)
    raw.seek(0)
    source: Any = gzip.GzipFile(fileobj=raw) if start == _GZIP else raw
    try:
        while line := source.readline(MAX_LINE + 1):
            rest = line
            while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
                rest = source.readline(MAX_LINE + 1)
            bar.update(raw.tell() - bar.n)
            yield line
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        breaks.append(error)
