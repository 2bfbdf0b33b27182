# SPDX-License-Identifier: EUPL-1.2
"""A list beside what was suggested for it: where they part, and why each place is what it is.

All places are counted among the rows that the reader may see, so that none of them tells of a
hidden one.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.basis import in_tkr
from casework.methods.compare import moved, turned_pairs
from casework.organisation.models import ServiceArea, User
from casework.planning.enums import FrameKind
from casework.planning.models import Frame, Round
from casework.prioritisation.money import WHOLE_CITY, frames_of
from casework.prioritisation.rows import Row
from casework.prioritisation.selectors import Change
from casework.prioritisation.suggestions import Suggested
from ui.present import decimal


@dataclass(frozen=True, slots=True)
class Beside:
    """What was suggested for the rows of a list.

    Attributes:
        places: the suggested place of each candidacy; some may share one.
        moved: those that were moved from it: the fewest that explain the difference.
        unexplained: the moved ones that no reason explains.
        turned, pairs: in how many pairs the list departs, of how many.
        order: the rows as suggested, each with its place.
    """

    places: Mapping[int, int]
    moved: frozenset[int]
    unexplained: frozenset[int]
    turned: int
    pairs: int
    order: list[tuple[int, Row]]


def beside(rows: Sequence[Row], suggested: Mapping[int, int | None]) -> Beside:
    """Set a list beside its suggestion.

    Args:
        suggested: a place for each candidacy, among all; None or absent where nothing is suggested.
    """
    by_key = {row.key: row for row in rows}
    known = {pk: place for pk in by_key if (place := suggested.get(pk)) is not None}
    taken = sorted(known.values())
    places = {pk: bisect_left(taken, place) + 1 for pk, place in known.items()}
    apart = moved(list(by_key), places)
    reasoned = {pk for pk, row in by_key.items() if row.reason.strip()}
    asked = moved([pk for pk in by_key if pk not in reasoned], places) if apart else ()
    return Beside(
        places=places,
        moved=frozenset(apart),
        unexplained=frozenset(asked),
        turned=turned_pairs(list(by_key), places),
        pairs=len(places) * (len(places) - 1) // 2,
        order=sorted(((place, by_key[pk]) for pk, place in places.items()), key=lambda p: p[0]),
    )


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """Who moved what, and when."""

    at: dt.datetime
    who: User | None
    moves: list[tuple[Row, int, int]]


def changes_shown(changes: Sequence[Change], rows: Mapping[int, Row]) -> list[ChangeShown]:
    """The savings of a list with the rows that each moved, from which place to which."""
    return [
        ChangeShown(
            change.at,
            change.who,
            [(rows[pk], was, now) for pk, (was, now) in change.moved.items() if pk in rows],
        )
        for change in changes
    ]


def moves_of(
    changes: Sequence[ChangeShown],
) -> dict[int, list[tuple[User | None, dt.datetime, int, int]]]:
    """Who moved each candidacy, when, from which place to which; the newest first."""
    found: dict[int, list[tuple[User | None, dt.datetime, int, int]]] = {}
    for change in changes:
        for row, was, now in change.moves:
            found.setdefault(row.key, []).append((change.who, change.at, was, now))
    return found


QUOTIENT_PLACES = 3
"""Decimals of a quotient: with equal shares the tenth of a list has 1/19, told from 1/17."""


def merge_words(
    suggested: Suggested, area: ServiceArea | None, areas: Mapping[int, ServiceArea]
) -> str:
    """How the merge came to a place: whose which, its number, and who came nearest (R34).

    Args:
        area: the row's own.
        areas: the round's, by key.
    """
    if suggested.nth is None or not suggested.quotient or area is None:
        return ""
    own = Fraction(suggested.quotient)
    told = _("%(area)s %(nth)s; jämförelsetal %(own)s") % {
        "area": _genitive(area.name),
        "nth": _ordinal(suggested.nth),
        "own": decimal(own, QUOTIENT_PLACES),
    }
    rival = areas.get(suggested.rival or 0)
    if rival is None or not suggested.rival_quotient:
        return _("%(told)s. Inget annat område hade något kvar.") % {"told": told}
    other = Fraction(suggested.rival_quotient)
    number = decimal(other, QUOTIENT_PLACES)
    names = {"told": told, "rival": _in_sentence(rival.name), "number": number}
    if other == own:
        return _("%(told)s. Lika mycket hade %(rival)s; områdenas fasta ordning avgjorde.") % names
    if number == decimal(own, QUOTIENT_PLACES):
        names["number"] = _("något lägre")
    return _("%(told)s; närmast hade %(rival)s %(number)s.") % names


def _in_sentence(name: str) -> str:
    """A name in a running sentence; an abbreviation keeps its capitals."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _genitive(name: str) -> str:
    ends = name.endswith(("s", "x", "z"))
    return _in_sentence(name) if ends else _("%(name)ss") % {"name": _in_sentence(name)}


_ORDINALS = (
    _l("första"), _l("andra"), _l("tredje"), _l("fjärde"), _l("femte"), _l("sjätte"),
    _l("sjunde"), _l("åttonde"), _l("nionde"), _l("tionde"), _l("elfte"), _l("tolfte"),
)  # fmt: skip


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return str(_ORDINALS[number - 1])
    return _("nr %(number)s") % {"number": number}


def frame_words(frame: Frame) -> str:
    """What a frame is of: whose money, which year, which costs."""
    whose = str(frame.service_area or _("Hela staden"))
    if frame.kind == FrameKind.TOTAL:
        return _("%(whose)s, år %(year)s") % {"whose": whose, "year": frame.year}
    return _("%(whose)s, år %(year)s, %(kind)s") % {
        "whose": whose, "year": frame.year, "kind": str(FrameKind(frame.kind).label).lower(),
    }  # fmt: skip


def stop_words(rows: Iterable[Row], round_: Round, frame_tkr: int | None) -> str:
    """What stands where the line stops on a list (:func:`casework.prioritisation.money.mark`)."""
    row = next((row for row in rows if row.stop), None)
    if row is None or row.stop is None:
        return ""
    if row.stop.frame == WHOLE_CITY:
        return _("Hit räcker ramen för år 1: %(used)s av %(frame)s är fördelade") % {
            "used": in_tkr(row.before), "frame": in_tkr(frame_tkr or 0),
        }  # fmt: skip
    frame = frames_of(round_)[row.stop.frame or ""]
    return _("Hit räcker ramen ”%(frame)s”: den saknar %(tkr)s till nästa") % {
        "frame": frame_words(frame), "tkr": in_tkr(row.stop.lacking),
    }  # fmt: skip
