# SPDX-License-Identifier: EUPL-1.2
"""`manage.py check_index`: does the search index hold what the database holds?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.backends.base import SearchUnavailable
from search.documents import INDEXES
from search.reconcile import compare
from search.services import backend, index_state

SHOWN = 10


class Command(BaseCommand):
    """Compares the search index with the database."""

    help = (
        "Compare the search index with the database and list what is missing, old or left over. "
        "Exit status 1 if anything differs. Changes that still wait in the outbox are differences "
        "too: let the worker finish first."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare each index."""
        differences = 0
        for index in INDEXES:
            try:
                found = compare(backend(), index)
            except SearchUnavailable as error:
                raise CommandError(
                    _("Sökmotorn svarar inte: %(error)s") % {"error": error}
                ) from error
            differences += found.count
            for name, documents in (
                ("saknas", found.missing),
                ("inaktuella", found.stale),
                (_("överflödiga"), found.surplus),
            ):
                if documents:
                    some = ", ".join(sorted(documents)[:SHOWN])
                    more = " …" if len(documents) > SHOWN else ""
                    self.stdout.write(f"{index}: {len(documents)} {name}: {some}{more}")
            if not found.count:
                self.stdout.write(_("%(index)s: stämmer") % {"index": index})
        state = index_state()
        if state.waiting or state.parked:
            self.stdout.write(
                _("Utkorg: %(waiting)s väntar, %(parked)s parkerade")
                % {"waiting": state.waiting, "parked": state.parked}
            )
        if differences:
            sys.exit(1)
