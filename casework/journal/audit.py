# SPDX-License-Identifier: EUPL-1.2
"""The journal's audit: every chain computed again from its first entry, one entry at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.journal.models import FORMAT, HASHED, Chain, JournalEntry, hash_of

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a chain does not hold."""

    chain: str
    position: int
    problem: str


def verify_chains() -> Iterator[Fault]:
    """Compute every chain again; yields what does not hold. Memory does not grow with the log."""
    for chain in Chain.objects.order_by("key"):
        yield from _verify(chain)
    known = Chain.objects.values("key")
    # A foreign key holds this too, but not in a database that somebody has been at.
    lost = JournalEntry.objects.exclude(chain__in=known).order_by().values_list("chain", flat=True)
    for key in lost.distinct():
        yield Fault(key, 0, _("kedjan saknas"))


def verify_chain(chain: Chain) -> Iterator[Fault]:
    """Compute one chain again; yields what does not hold."""
    yield from _verify(chain)


def _verify(chain: Chain) -> Iterator[Fault]:
    expected, head = 1, ""
    rows = JournalEntry.objects.filter(chain=chain).order_by("position")
    for previous, own, *values in rows.values_list("previous_hash", "hash", *HASHED).iterator(
        chunk_size=_CHUNK
    ):
        version, _key, position = values[:3]
        if position != expected:
            yield Fault(chain.key, expected, _("position saknas"))
            expected = position
        if previous != head:
            yield Fault(chain.key, position, _("hänger inte ihop med föregående"))
        if version != FORMAT:
            yield Fault(
                chain.key,
                position,
                _("formatet är %(version)s, väntat %(known)s")
                % {"version": version, "known": FORMAT},
            )
        elif own != hash_of(previous, values):
            yield Fault(chain.key, position, _("innehållet är ändrat"))
        head, expected = own, expected + 1
    if chain.length != expected - 1:
        yield Fault(chain.key, chain.length, _("kedjans slut saknas"))
    if chain.head != head:
        yield Fault(chain.key, chain.length, _("kedjans sista hash stämmer inte"))
