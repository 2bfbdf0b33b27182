# SPDX-License-Identifier: EUPL-1.2
"""The heads of the chains in a signed file outside the database.

Who can write to the database can also compute a chain anew. The file, kept by the archivist or on
a medium that only takes additions, and the key, which the database does not hold, tell what the
chains were on a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import signing
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.models import FORMAT, Chain, JournalEntry

SALT = "journal.seal"


def write_seal(path: Path) -> None:
    """Add a line with today's heads."""
    heads = {row.key: [row.length, row.head] for row in Chain.objects.order_by("key")}
    at = timezone.now().isoformat(timespec="seconds")
    line = signing.dumps({"at": at, "format": FORMAT, "heads": heads}, salt=SALT, compress=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{at} {line}\n")


@dataclass(frozen=True, slots=True)
class Seal:
    """The heads of the chains as the last line of a file has them."""

    at: str
    heads: dict[str, list[Any]]

    def holds(self, chain: str) -> bool | None:
        """Whether the sealed entry still stands in the chain; None if it was not sealed then."""
        if chain not in self.heads:
            return None
        length, head = self.heads[chain]
        return JournalEntry.objects.filter(chain=chain, position=length, hash=head).exists()


def last_seal(path: Path) -> Seal | None:
    """The newest seal of a file; none where there is no file, or the line is not ours."""
    if not path.is_file():
        return None
    line = ""
    with path.open(encoding="ascii", errors="replace") as file:
        for each in file:
            line = each.strip() or line
    try:
        seal = signing.loads(line.partition(" ")[2], salt=SALT)
    except signing.BadSignature:
        return None
    return Seal(seal["at"], seal["heads"])


def check_seals(path: Path) -> Iterator[str]:
    """Compare each line of the file with the chains; yields what does not hold."""
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            yield from _check(number, line.strip())


def _check(number: int, line: str) -> Iterator[str]:
    day, _space, signed = line.partition(" ")
    try:
        seal = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        yield _("Sigillet på rad %(line)s är ändrat eller gjort med en annan nyckel.") % {
            "line": number
        }
        return
    if seal["at"] != day:
        yield _("Sigillet på rad %(line)s är daterat om.") % {"line": number}
    sought = Q()
    for key, (length, _head) in seal["heads"].items():
        sought |= Q(chain=key, position=length)
    found = {}
    if seal["heads"]:
        found = {
            row["chain"]: row["hash"]
            for row in JournalEntry.objects.filter(sought).values("chain", "hash")
        }
    for key, (length, head) in seal["heads"].items():
        if found.get(key) != head:
            yield _("Kedja %(chain)s, post %(position)s stämmer inte med sigillet från %(at)s.") % {
                "chain": key,
                "position": length,
                "at": seal["at"],
            }
