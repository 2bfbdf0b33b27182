# SPDX-License-Identifier: EUPL-1.2
"""Parts of compounds: a short curated list of what casework compounds are made of.

A dictionary of all Swedish words finds nonsense inside long compounds. These few parts are the
ones that people search for by themselves ("skolskjuts" for "skolskjutsreglemente"), and each is
long enough not to stand inside another word by chance.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.text.stems import stem

_PART_WORDS = (
    "ansökan arbetsmarknad arkiv avfall avgift avtal barnomsorg bemanning beredskap bibliotek "
    "bidrag bostad brandskydd bredband budget bygglov cykel databas detaljplan diarie digital "
    "dokument ekonomi energi fastighet folkhälsa fordon färdtjänst förskola förvaltning gymnasie "
    "handläggning hemtjänst idrott integration integritet jämställdhet kollektivtrafik kommun "
    "kommunikation kultur kvalitet ledning legitimation livsmedel lokal matrikel medborgar miljö "
    "måltid parkering personal process projekt remiss resurs räddning samhälls samverkan schema "
    "sjukvård skola skolskjuts socialtjänst stadsbyggnad statistik system säkerhet telefoni "
    "tillgänglighet trafik trygghet upphandling utbildning utveckling vatten verksamhet "
    "vårdnadshavare återvinning äldreomsorg ärende översikt"
)
PARTS = tuple(_PART_WORDS.split())
_STEMS = {part: stem(part) for part in PARTS}
_LONGEST_FIRST = tuple(sorted(PARTS, key=len, reverse=True))
_ANY_PART = re.compile("|".join(sorted({stem(part) for part in PARTS})))
_SHORTEST_WORD = 9
_SHORTEST_REST = 3


@lru_cache(maxsize=200_000)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the stems of the known parts that *word* begins or ends with, but is not itself."""
    if len(word) < _SHORTEST_WORD or not _ANY_PART.search(word):
        return ()
    found: list[str] = []
    whole = stem(word)
    for part in _LONGEST_FIRST:
        rest = len(word) - len(part)
        root = _STEMS[part]
        if rest < _SHORTEST_REST or len(root) < 4:
            continue
        begins = word.startswith(root) and whole != root
        ends = whole.endswith(root) and len(whole) - len(root) >= _SHORTEST_REST
        if begins or ends:
            found.append(root)
            if len(found) == 2:
                break
    return tuple(found)
