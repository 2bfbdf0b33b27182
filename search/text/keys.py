# SPDX-License-Identifier: EUPL-1.2
"""Keys: registry numbers and citations in one canonical spelling each.

Every number yields an exact key ("dnr:KS 2026/12", "sou:2007:34") and a loose one without its
authority or series ("dnr:2026/12", "nr:2007:34"), since people remember the digits and drop the
letters. Loose keys lose against exact ones in the ranking.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from casework.register.numbers import RegistryNumber, find_in_text, parse_lenient

#: Kinds of citation, by the words that people write for them.
_KINDS = {
    "prop": "prop proposition propositionen propositionerna propositioner",
    "sou": "sou",
    "ds": "ds",
    "dir": "dir direktiv direktivet kommittédirektiv",
    "skr": "skr skrivelse skrivelsen",
    "ip": "ip interpellation interpellationen",
    "fm": "fm förordningsmotiv",
    "fpm": "fpm faktapromemoria faktapromemorian",
    "sfs": "sfs",
    "bet": "bet betänkande betänkandet",
    "rskr": "rskr riksdagsskrivelse",
    "motion": "mot motion motionen",
    "utlåtande": "utl utlåtande utlåtandet",
    "pm": "pm promemoria",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_ANY_KIND = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_YEAR = r"(?:1[6-9]|20)\d\d"
_SESSION = rf"{_YEAR}(?:\s?[/-]\s?(?:{_YEAR}|\d\d))?"
_CITATION = re.compile(
    rf"(?<!\w)(?:(?P<kind>{_ANY_KIND})\.?\s*(?:nr\s*)?)?(?P<open>\()?"
    rf"(?P<session>{_SESSION})\s?:\s?(?P<letters>[A-ZÅÄÖ]{{0,4}})\s?(?P<serial>\d{{1,5}})(?![\w/])",
    re.IGNORECASE,
)
#: Looser shapes, where the kind stands in front and the colon was forgotten.
_WITHOUT_COLON = re.compile(
    rf"(?<!\w)(?P<kind>{_ANY_KIND})\.?\s*(?:nr\s*)?(?P<session>{_SESSION})"
    rf"\s?[ /-]\s?(?P<serial>\d{{1,5}})(?![\w:/])",
    re.IGNORECASE,
)
_TURNED = re.compile(
    rf"(?<!\w)(?P<kind>{_ANY_KIND})\.?\s*(?:nr|nummer)\s*(?P<serial>\d{{1,5}})\s*"
    rf"(?:år|från|av|/|,)\s*(?P<session>{_SESSION})(?![\w:/])",
    re.IGNORECASE,
)


#: What every citation holds: cheap to look for before the dear patterns are tried.
_SIGN = re.compile(r"\d\s?:\s?(?:[A-ZÅÄÖ]{0,4})\s?\d", re.IGNORECASE)
_KIND_SIGN = re.compile(rf"(?<!\w)(?:{_ANY_KIND})\.?\s*(?:nr|nummer)?\s*\d", re.IGNORECASE)


#: The looser shapes are meant for queries and titles: in long prose they would mislead.
MAX_LOOSE = 400


class Key(NamedTuple):
    """A canonical number, whether it is the loose one, and where it stood."""

    text: str
    loose: bool
    start: int = 0
    end: int = 0


def _session(text: str) -> str:
    """Write a year or a session of parliament in one way: 2007, 2007/08."""
    years = re.findall(r"\d+", text)
    return years[0] if len(years) == 1 else f"{years[0]}/{years[1][-2:]}"


def citations(text: str) -> list[Key]:
    """Return the keys of the citations in *text* (SOU, Ds, dir., prop., motion, SFS, …)."""
    found: list[Key] = []
    patterns = [_CITATION] if _SIGN.search(text) else []
    if len(text) <= MAX_LOOSE and _KIND_SIGN.search(text):
        patterns += [_WITHOUT_COLON, _TURNED]
    for pattern in patterns:
        for match in pattern.finditer(text):
            if any(match.start() < key.end and key.start < match.end() for key in found):
                continue
            groups = match.groupdict()
            kind = _KIND_OF.get((groups["kind"] or groups.get("letters") or "").lower())
            number = f"{_session(groups['session'])}:{int(groups['serial'])}"
            span = match.span()
            if kind:
                found.append(Key(f"{kind}:{number}", False, *span))
            found.append(Key(f"nr:{number}", True, *span))
    return found


def registry_keys(numbers: list[RegistryNumber]) -> list[Key]:
    """Return the exact key of each registry number, and the loose one where they differ."""
    keys: dict[str, Key] = {}
    for number in numbers:
        keys.setdefault(number.key, Key(f"dnr:{number.key}", False))
        keys.setdefault(number.loose_key, Key(f"dnr:{number.loose_key}", True))
    return list(keys.values())


def keys_in(text: str) -> list[Key]:
    """Return the keys of all numbers that stand in running text."""
    cited = citations(text)
    return cited + registry_keys(find_in_text(_without(text, cited)))


def keys_of_number(text: str) -> list[Key]:
    """Return the keys of a field that holds one number and nothing else."""
    cited = citations(text)
    return cited or registry_keys(parse_lenient(text))


def keys_of_query(text: str) -> tuple[list[Key], str]:
    """Return the keys in a query, and what is left of it when the numbers are taken out.

    A query that as a whole can be read as a number is one, in all its plausible readings.
    """
    cited = citations(text)
    rest = _without(text, cited)
    if not cited and (whole := parse_lenient(text)):
        return registry_keys(whole), ""
    return cited + registry_keys(find_in_text(rest)), rest


def _without(text: str, keys: list[Key]) -> str:
    """Blank out what the keys cover."""
    for key in keys:
        text = text[: key.start] + " " * (key.end - key.start) + text[key.end :]
    return text
