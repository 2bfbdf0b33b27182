# SPDX-License-Identifier: EUPL-1.2
"""`manage.py read_texts`: the text of files that nobody has read yet, for search."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from casework.register.models import Record
from casework.register.services import read_texts

AT_ONCE = 200


class Command(BaseCommand):
    """Reads what was registered before texts were read, and what a lost job left."""

    help = "Read the text of files in records that have not been read yet, so that search finds it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the records, oldest first."""
        count, last = 0, 0
        rows = Record.objects.filter(files__isnull=False, files__reading=None).order_by("pk")
        while chunk := list(
            rows.filter(pk__gt=last).values_list("pk", flat=True).distinct()[:AT_ONCE]
        ):
            last = chunk[-1]
            count += read_texts(chunk)
        self.stdout.write(_("Lästa filer: %(count)s") % {"count": count})
