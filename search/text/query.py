# SPDX-License-Identifier: EUPL-1.2
"""What a searcher typed: numbers and words, each word with the spellings it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from search.text.keys import Key, keys_of_query
from search.text.lexicon import Lexicon
from search.text.stems import stem
from search.text.tokens import forms, split_glued, tidy, words_of

MAX_WORDS = 60
MAX_TEXT = 2_000
MOST_WITH_GRAMS = 12
#: An accented word that is this much commoner is meant by who typed it without accents.
FAR_COMMONER = 20
#: Words that say nothing about what is sought. They never decide whether a document matches.
_STOPWORDS = (
    "och i att det som en på är av för med till den har de inte om ett han men var jag sig "
    "från vi så kan när år under också efter eller nu sin där vid mot ska skulle kommer ut "
    "får finns vara hade alla andra mycket än här då sedan över bara in blir upp även vad få "
    "två vill ha många hur mer går sade detta genom samt hos dem vilket varit dessa vilka "
    "denna blev dessutom bland inom utan dess sina har kunna bör detsamma dock nya ny "
)
STOPWORDS = frozenset(_STOPWORDS.split())


class Why(StrEnum):
    """Why a hit is one, when its words are not those that were typed."""

    INFLECTION = "inflection"
    PART = "part"
    NUMBER = "number"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A stem to look for, and how far it may be trusted."""

    stem: str
    weight: float = 1.0
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the query."""

    surface: str
    spellings: tuple[Spelling, ...]
    importance: float = 1.0
    #: Stems of compounds that the word makes with a neighbour; they stand for the word as well.
    within: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Return the stem of the word as it was typed."""
        return self.spellings[0].stem

    @property
    def stop(self) -> bool:
        """Tell whether the word is one of those that say nothing."""
        return self.surface in STOPWORDS

    @property
    def matching(self) -> tuple[str, ...]:
        """Return every stem that counts as this word when it is decided what matches."""
        return (*(spelling.stem for spelling in self.spellings), *self.within)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as the engines and the ranking understand it."""

    text: str
    terms: tuple[Term, ...] = ()
    #: Neighbouring words written together, where that is a known word.
    compounds: tuple[Term, ...] = ()
    keys: tuple[Key, ...] = ()
    #: Unknown words, and the stems that each was read as.
    repairs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to look for."""
        return not self.terms and not self.keys

    @property
    def significant(self) -> tuple[Term, ...]:
        """Return the words that decide what matches."""
        return tuple(term for term in self.terms if not term.stop) or self.terms

    @property
    def scored(self) -> tuple[Term, ...]:
        """Return the words that decide the order."""
        return (*self.terms, *self.compounds)

    @property
    def stems(self) -> dict[str, float]:
        """Return every stem to look for with its weight."""
        found: dict[str, float] = {}
        for term in self.scored:
            for spelling in term.spellings:
                weight = spelling.weight * term.importance
                found[spelling.stem] = max(found.get(spelling.stem, 0.0), weight)
        return found

    @property
    def gram_stems(self) -> dict[str, float]:
        """Return the stems whose character grams help to recall: none for a long sentence.

        It has words enough, and five grams for each would make the request several times dearer.
        """
        return self.stems if len(self.scored) <= MOST_WITH_GRAMS else {}


def parse(text: str, lexicon: Lexicon) -> ParsedQuery:
    """Read a query; *lexicon* says which words are known, and only unknown ones are repaired."""
    clean = split_glued(tidy(re.sub(r"\s+", " ", text[:MAX_TEXT]).strip()))
    keys, rest = keys_of_query(clean)
    typed = [form for word in words_of(rest)[:MAX_WORDS] for form in forms(word)]
    repairs: dict[str, tuple[str, ...]] = {}
    compounds = _compounds(typed, lexicon)
    within: dict[str, list[str]] = {}
    for whole, parts in compounds:
        for part in parts:
            within.setdefault(part, []).append(whole.stem)
    terms = [_term(word, lexicon, repairs, tuple(within.get(word, ()))) for word in typed]
    return ParsedQuery(
        text=clean,
        terms=tuple(_once(terms)),
        compounds=tuple(_once([whole for whole, _parts in compounds])),
        keys=tuple(keys),
        repairs=repairs,
    )


def _once(terms: list[Term]) -> list[Term]:
    """Drop words that came before."""
    seen: dict[str, Term] = {}
    for term in terms:
        seen.setdefault(term.stem, term)
    return list(seen.values())


def _term(
    word: str, lexicon: Lexicon, repairs: dict[str, tuple[str, ...]], within: tuple[str, ...]
) -> Term:
    """Return the term for a word, with other spellings where the word is unknown."""
    root = stem(word)
    known = lexicon.frequency(root)
    others: list[Spelling] = []
    read_as: tuple[str, ...] = ()
    if not root.isdigit():
        accented = lexicon.accented(root)
        if accented and lexicon.frequency(accented) > FAR_COMMONER * known:
            others = [Spelling(accented, 0.9, repaired=True)]
            read_as = (accented,)
        elif known == 0 and len(root) >= 4:
            others, read_as = _repaired(word, root, lexicon)
    if others and known == 0:
        repairs[word] = read_as
    return Term(word, (Spelling(root), *others), within=within)


def _repaired(word: str, root: str, lexicon: Lexicon) -> tuple[list[Spelling], tuple[str, ...]]:
    """Return likely spellings of an unknown word, and the stems of the likeliest reading.

    It may be one edit away from a known word, or two words written as one.
    """
    if lexicon.frequency(word):  # "skat" is what "skatt" is cut to
        near = [word]
    else:
        near = lexicon.neighbours(root) or [stem(other) for other in lexicon.neighbours(word)]
    if near:
        first, *rest = near[:2]
        also = [Spelling(other, 0.5, repaired=True) for other in rest]
        return [Spelling(first, 0.9, repaired=True), *also], (first,)
    pieces = _split(word, lexicon)
    return [Spelling(piece, 0.6, repaired=True) for piece in pieces], pieces


def _split(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the two known stems that an unknown word is made of, if any."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    for cut in range(2, len(word) - 2):
        left, right = word[:cut], word[cut:]
        pairs = [(left, right)]
        if len(left) > 4 and left.endswith("s"):
            pairs.append((left[:-1], right))
        for first, second in pairs:
            roots = (stem(first), stem(second))
            rarest = min(lexicon.frequency(root) for root in roots)
            best = max(best, (rarest * min(len(first), len(second)) ** 2, roots))
    return best[1] if best[0] > 0 else ()


def _compounds(typed: list[str], lexicon: Lexicon) -> list[tuple[Term, tuple[str, str]]]:
    """Return the known compounds that neighbouring words make, with the words they are made of."""
    found: list[tuple[Term, tuple[str, str]]] = []
    for first, second in pairwise(typed):
        if (first in STOPWORDS and second in STOPWORDS) or (first + second).isdigit():
            continue
        for whole in (first + second, f"{first}s{second}"):
            root = stem(whole)
            if lexicon.frequency(root):
                found.append((Term(whole, (Spelling(root),)), (first, second)))
    return found
