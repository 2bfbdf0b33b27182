# SPDX-License-Identifier: EUPL-1.2
"""Registry numbers (diarienummer): strict when registering, lenient when searching.

A number is identified by authority, year and serial. A classification code ("031", "1.5.1") stands
in front of or behind many printed numbers but is no part of the identity, nor is the number that a
record has inside its case. Offices print the same three facts in a dozen orders; a reading is an
assignment of the groups of digits to those facts, and :func:`parse_lenient` returns every plausible
one, best first.

The module is pure Python: both the register and the search text analysis build on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

__all__ = [
    "RegistryNumber",
    "RegistryNumberError",
    "ShortNumber",
    "best_reading",
    "find_in_text",
    "format_number",
    "parse_lenient",
    "parse_short",
    "parse_strict",
]

EARLIEST_YEAR, LATEST_YEAR = 1850, 2099
MAX_INPUT = 80
MAX_SERIAL_DIGITS = 7
MAX_RECORD_DIGITS = 4

_AUTHORITY = r"[A-ZÅÄÖ]{1,5}(?:-[A-ZÅÄÖ]{1,3})?"
_STRICT_SERIES = re.compile(
    rf"({_AUTHORITY}) ([0-9]{{4}})/([1-9][0-9]{{0,6}})(?:-([1-9][0-9]{{0,3}}))?"
)
_STRICT_CLASSIFIED = re.compile(r"([0-9]+(?:\.[0-9]+)*)-([1-9][0-9]{0,6})/([0-9]{4})")

_DASHES = dict.fromkeys(
    map(ord, "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d_"), "-"
)
_SLASHES = dict.fromkeys(map(ord, "\u2044\u2215\uff0f\\"), "/")
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:diarie[- ]?(?:nummer|nr)|(?:ärende|mål)[- ]?(?:nummer|nr)?|d[-. ]?nr|nr"
    r"|(?:vår|er) ?(?:referens|ref|beteckning))[.:# ]*(?=[^a-zåäö]|[a-zåäö-]{1,9} ?[0-9]|$)",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"(?:(?P<authority>[A-ZÅÄÖ]{1,5}(?:-[A-ZÅÄÖ]{1,3})?)[-/:. ]*)?"
    r"(?P<digits>[0-9]+(?:\.[0-9]+)*(?: ?[-/:] ?[0-9]+(?:\.[0-9]+)*| [0-9]+(?:\.[0-9]+)*){0,3})"
    # A unit's letters behind ("/SOF", "/S1", "/HS m") or the authority behind ("2026/12 KS").
    r"(?: ?/ ?(?P<unit>[A-ZÅÄÖ]{1,6}[0-9]?(?: ?/ ?[A-ZÅÄÖ0-9]{1,6})?)(?: M)?"
    r"| (?P<behind>[A-ZÅÄÖ]{2,4}))?"
)
_GROUP = re.compile(r"( ?[-/:] ?| )?([0-9]+(?:\.[0-9]+)*)")

#: Letters that stand in front of digits without being an authority: citations, months, small words.
_NOT_AUTHORITY_WORDS = (
    "PROP SOU DS DIR SKR FM IP SFS RI BET MOT RSKR FPM LAG PM UTL KAP ART SID NR ÅR DEN KL TEL "
    "MAJ JAN FEB MARS APRIL JUNI JULI AUG SEPT SEP OKT NOV DEC I OCH AV OM TILL FÖR FRÅN UNDER "
    "ÅREN SAMT EU EG KOM EN ETT DET ALLA SEDAN INFÖR EFTER "
)
_NOT_AUTHORITIES = frozenset(_NOT_AUTHORITY_WORDS.split())


class RegistryNumberError(ValueError):
    """The text is not a registry number in a form that registration accepts."""


@dataclass(frozen=True, slots=True)
class RegistryNumber:
    """One reading of a registry number."""

    authority: str | None
    classification: str | None
    year: int
    serial: int
    record: int | None = None

    @property
    def key(self) -> str:
        """Canonical identity: ``KS 2026/12``, or ``2007/3884`` where no authority is known."""
        return f"{self.authority} {self.loose_key}" if self.authority else self.loose_key

    @property
    def loose_key(self) -> str:
        """Identity without authority: what a search falls back to."""
        return f"{self.year}/{self.serial}"


def format_number(authority: str, year: int, serial: int, record: int | None = None) -> str:
    """Return the canonical display: ``KS 2026/12``, with a record ``KS 2026/12-3``."""
    shown = f"{authority} {year}/{serial}"
    return shown if record is None else f"{shown}-{record}"


def parse_strict(text: str) -> RegistryNumber:
    """Read a number where a mistake would be kept: only the canonical shapes, spelt exactly.

    Accepts ``KS 2026/12``, ``KS 2026/12-3`` and ``031-3884/2007``.

    Anything else raises :class:`RegistryNumberError` with a message (in Swedish) that says what
    is expected.
    """
    if match := _STRICT_SERIES.fullmatch(text):
        authority, year, serial, record = match.groups()
        number = RegistryNumber(
            authority, None, int(year), int(serial), int(record) if record else None
        )
    elif match := _STRICT_CLASSIFIED.fullmatch(text):
        classification, serial, year = match.groups()
        number = RegistryNumber(None, classification, int(year), int(serial))
    else:
        raise RegistryNumberError(
            f"”{text[:MAX_INPUT]}” är inte ett diarienummer. "
            "Skriv det som KS 2026/12, KS 2026/12-3 eller 031-3884/2007."
        )
    if not _is_year(number.year):
        raise RegistryNumberError(f"Året {number.year} i ”{text}” är inte rimligt.")
    return number


_SHORT = re.compile(
    rf"(?:({_AUTHORITY})[-/:. ]*)?([1-9][0-9]{{0,{MAX_SERIAL_DIGITS - 1}}})"
    rf"(?: ?[-:] ?([1-9][0-9]{{0,{MAX_RECORD_DIGITS - 1}}}))?"
)


class ShortNumber(NamedTuple):
    """A number without its year; the record is that inside the case, where one is said."""

    authority: str | None
    serial: int
    record: int | None


def parse_short(text: str) -> ShortNumber | None:
    """Read a number without its year, as people say it at their own diary.

    ``35``, ``KS35``, and with a record ``35-1`` or ``35:1``; None for anything else.
    """
    if len(text) > MAX_INPUT:
        return None
    plain = _LABEL.sub("", _normalise(text)).upper().strip(" .,;()[]\"'")
    match = _SHORT.fullmatch(plain)
    return ShortNumber(match[1], int(match[2]), _number(match[3])) if match else None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def parse_lenient(text: str) -> list[RegistryNumber]:
    """Return all plausible readings of *text* as one number, best first; ``[]`` for none."""
    if len(text) > MAX_INPUT:
        return []
    plain = _normalise(text)
    plain, labels = _LABEL.subn("", plain)
    match = _SHAPE.fullmatch(plain.upper().strip(" .,;()[]\"'"))
    if match is None:
        return []
    authority = match["authority"] or match["behind"]
    if authority in _NOT_AUTHORITIES and not labels:
        return []
    groups = [
        (sep.strip() or " " if sep else "", digits)
        for sep, digits in _GROUP.findall(match["digits"])
    ]
    shape = _Shape(groups, authority, named=bool(authority or labels))
    return list(dict.fromkeys(shape.readings()))


def best_reading(text: str) -> RegistryNumber | None:
    """Return the most plausible reading of *text*, or None."""
    readings = parse_lenient(text)
    return readings[0] if readings else None


_IN_TEXT = re.compile(
    r"(?<![\w:/.-])"
    r"(?:(?P<authority>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}(?:-[A-ZÅÄÖ]{1,3})?|[a-zåäö]{1,3}) ?)?"
    r"(?P<digits>[0-9]+(?:\.[0-9]+)*(?: ?[-/] ?[0-9]+(?:\.[0-9]+)*){1,3})"
    r"(?![\w:]|[-/.][0-9])"
)


def find_in_text(text: str) -> list[RegistryNumber]:
    """Return the numbers that stand in running text or inside a longer query, in order.

    Stricter than :func:`parse_lenient`: in prose a pair of numbers is more often a date, a span of
    years, a session of parliament ("2007/08") or a fraction than a registry number.
    """
    found: list[RegistryNumber] = []
    plain = _LABEL.sub("", _normalise(text))
    for match in _IN_TEXT.finditer(plain):
        authority, digits = match["authority"], match["digits"]
        if authority and authority.upper() in _NOT_AUTHORITIES:
            authority = None
        if not re.search(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", digits) and not (
            authority or re.fullmatch(r"[0-9.]+ ?- ?[0-9]+ ?/ ?[0-9]{2}", digits)
        ):
            continue
        if not authority and re.fullmatch(r"[0-9]{4} ?/ ?[0-9]{2}", digits):
            continue
        if not authority and "/" not in digits and len(re.findall(r"[0-9.]+", digits)) < 3:
            continue
        if readings := parse_lenient(f"{authority or ''} {digits}"):
            found.append(readings[0])
    return list(dict.fromkeys(found))


def _normalise(text: str) -> str:
    """Fold the typography that carries no meaning: dash and slash variants, kinds of space."""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES).translate(_SLASHES)
    plain = re.sub(r"[\u200b-\u200d\u2060\ufeff]", "", plain)
    return re.sub(r"\s+", " ", plain).strip()


def _is_year(year: int) -> bool:
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def _full_year(digits: str) -> int | None:
    """Return the year that a four-digit group is, or None."""
    return int(digits) if len(digits) == 4 and digits.isdigit() and _is_year(int(digits)) else None


def _short_year(digits: str) -> int | None:
    """Return the year that a two-digit group is: the latest such year that is not yet to come.

    Next year is allowed for, since diaries are opened some weeks before New Year.
    """
    if len(digits) != 2 or not digits.isdigit():
        return None
    horizon = datetime.now(ZoneInfo("Europe/Stockholm")).year + 1
    century = horizon - horizon % 100
    year = century + int(digits)
    return year if year <= horizon else year - 100


@dataclass(frozen=True, slots=True)
class _Shape:
    """Groups of digits with the separator before each, and what stood around them."""

    groups: list[tuple[str, str]]
    authority: str | None
    #: An authority or the word "dnr" says that this is meant as a registry number.
    named: bool

    def readings(self) -> Iterator[RegistryNumber]:
        """Yield every plausible reading, best first."""
        texts = [digits for _, digits in self.groups]
        if any("." in digits for digits in texts):
            yield from self._with_dotted_code(texts)
        elif not self._is_something_else(texts):
            match texts:
                case [glued]:
                    yield from self._one(glued)
                case [first, second]:
                    yield from self._two(first, second)
                case [first, second, third]:
                    yield from self._three(first, second, third)
                case [first, second, third, fourth]:
                    yield from self._four(first, second, third, fourth)

    def _make(
        self, year: int | None, serial: str, code: str | None = None, record: str | None = None
    ) -> Iterator[RegistryNumber]:
        """Yield the reading if each part can be what it is taken for."""
        if (
            year is None
            or not serial.isdigit()
            or len(serial) > MAX_SERIAL_DIGITS
            or int(serial) == 0
        ):
            return
        if record is not None and (len(record) > MAX_RECORD_DIGITS or int(record) == 0):
            return
        if code is not None and "." not in code and len(code) > 4:
            return
        yield RegistryNumber(
            self.authority, code, year, int(serial), int(record) if record else None
        )

    def _is_something_else(self, texts: list[str]) -> bool:
        """Tell dates, spans of years and personal identity numbers from registry numbers."""
        if self.named:
            return False
        joined = "".join(sep + digits for sep, digits in self.groups)
        if re.fullmatch(r"[0-9]{4}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12][0-9]|3[01])", joined):
            return True
        if re.fullmatch(r"(?:[0-9]{2})?[0-9]{6}-[0-9]{4}", joined):
            return True
        if len(texts) == 2 and self.groups[1][0] != "/":
            month = re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", joined)
            span = all(_full_year(digits) for digits in texts)
            return bool(month or span)
        if [sep for sep, _ in self.groups[1:]] == ["/", ":"]:
            # "2026/35:1" is a record of a case; "2026/27:1" is a bill of the riksdag's session.
            year = _full_year(texts[0])
            session = year is not None and int(texts[1]) == (year + 1) % 100
            return session or not (year or _full_year(texts[1]))
        return any(sep == ":" for sep, _ in self.groups)

    def _one(self, glued: str) -> Iterator[RegistryNumber]:
        """``KS20261``: the separator was left out; only where something says it is a number."""
        if self.named and len(glued) > 4:
            yield from self._make(_full_year(glued[:4]), glued[4:])

    def _two(self, first: str, second: str) -> Iterator[RegistryNumber]:
        """``KS 2019/562``, ``562/2019``, ``KS 19/562``; ``KS2026112-3`` glued with a record."""
        separator = self.groups[1][0]
        if separator != " " or self.named:
            yield from self._make(_full_year(first), second)
            yield from self._make(_full_year(second), first)
        if self.named and not (_full_year(first) or _full_year(second)):
            yield from self._make(_short_year(first), second)
            yield from self._make(_short_year(second), first)
            if len(first) > 4:
                yield from self._make(_full_year(first[:4]), first[4:], record=second)
        elif separator == "/" and len(first) >= 3 and not _full_year(first):
            yield from self._make(_short_year(second), first)

    def _three(self, first: str, second: str, third: str) -> Iterator[RegistryNumber]:
        """Code, serial and year in some order, or year, serial and record."""
        gap, last_gap = self.groups[1][0], self.groups[2][0]
        if (
            gap == last_gap == " "
            and not self.named
            and not (len(first) == 3 and _full_year(third))
        ):
            return
        if year := _full_year(first):
            by_code = list(self._make(year, third, code=second))
            by_record = list(self._make(year, second, record=third))
            by_trailing_code = list(self._make(year, second, code=third))
            padded = third.startswith("0") and len(third) > 3
            if padded or (gap == last_gap and len(second) == 3 and len(third) >= 3):
                yield from by_code + by_trailing_code
            elif gap == last_gap and not self.authority and len(second) >= 4 and len(third) > 1:
                yield from by_trailing_code + by_record
            else:
                yield from by_record + (by_code if gap == last_gap else [])
        if year := _full_year(third):
            yield from self._make(year, second, code=first)
        if year := _full_year(second):
            record_first = (
                gap == "/" and last_gap in "-:" and (bool(self.authority) or len(third) < 3)
            )
            if record_first:
                yield from self._make(year, first, record=third)
            if len(first) == 3 and len(third) != 3:
                yield from self._make(year, third, code=first)
            yield from self._make(year, first, code=third)
            yield from self._make(year, third, code=first)
        if not any(map(_full_year, (first, second, third))):
            if self.authority and gap == "/":
                yield from self._make(_short_year(first), second, record=third)
            yield from self._make(_short_year(third), second, code=first)
            if self.named:
                yield from self._make(_short_year(first), third, code=second)

    def _four(self, first: str, second: str, third: str, fourth: str) -> Iterator[RegistryNumber]:
        """A code and a record together: ``031-3884/2007-2``, ``T2012-050-05828-3``."""
        yield from self._make(_full_year(third), second, code=first, record=fourth)
        yield from self._make(_full_year(first), third, code=second, record=fourth)
        if self.groups[2][0] == "/":
            yield from self._make(_short_year(third), second, code=first, record=fourth)

    def _with_dotted_code(self, texts: list[str]) -> Iterator[RegistryNumber]:
        """A dotted code is never a year or a serial, so the rest is read without guessing at it."""
        dotted = [index for index, digits in enumerate(texts) if "." in digits]
        if len(dotted) != 1 or len(texts) < 3:
            return
        position = dotted[0]
        code = texts[position]
        rest = texts[:position] + texts[position + 1 :]
        if len(rest) == 3:
            year_first = position > 0 and _full_year(rest[0])
            year, serial = (rest[0], rest[1]) if year_first else (rest[1], rest[0])
            yield from self._make(_full_year(year) or _short_year(year), serial, code, rest[2])
            return
        first, second = rest
        if position == 1:  # 2019-1.1.1-256
            orders = [(first, second), (second, first)]
        else:  # 1.5.1-135-2012, 473-19-2.4.2
            orders = [(second, first), (first, second)]
        for find_year in (_full_year, _short_year):
            made = [n for year, serial in orders for n in self._make(find_year(year), serial, code)]
            if made:
                yield from made
                return
