# SPDX-License-Identifier: EUPL-1.2
"""`manage.py rebuild_index`: a new search index from the database, swapped in when complete."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from search.backends.base import SearchUnavailable
from search.documents import INDEXES, expected_versions
from search.indexing import RebuildError
from search.reconcile import rebuild_index
from search.services import backend


class Command(BaseCommand):
    """Rebuilds the search index."""

    help = (
        "Build the search index anew from the database, compare, and swap it in. Searches go on "
        "in the old index meanwhile; changes made meanwhile are caught up with."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--index", choices=INDEXES, help="only this one (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild each index."""
        for index in [options["index"]] if options["index"] else INDEXES:
            quiet = options["verbosity"] == 0
            total = len(expected_versions(index))
            try:
                with tqdm(total=total, desc=index, unit=" dok", disable=quiet) as bar:
                    count = rebuild_index(backend(), index, bar.update)
            except SearchUnavailable as error:
                raise CommandError(
                    _("Sökmotorn svarar inte: %(error)s") % {"error": error}
                ) from error
            except RebuildError as error:
                raise CommandError(
                    f"Det nya indexet blev inte helt och togs inte i bruk: {error}"
                ) from error
            if not quiet:
                self.stdout.write(f"{index}: {count} dokument")
