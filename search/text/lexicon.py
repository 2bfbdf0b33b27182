# SPDX-License-Identifier: EUPL-1.2
"""The lexicon of an index: which stems its documents use, and how many documents use each.

It serves two ends: how much a word weighs in the ranking, and which words a misspelt one may have
meant.

Access rule: a lexicon is built **only from documents that everybody who may search that index may
see** (those carrying one of the index's broad tokens, see :data:`search.documents.BROAD_TOKENS`).
So a word that occurs in secret cases only is unknown here: it is never proposed as a spelling, and
its weight tells nobody that it exists. Whoever may see such a case still finds it, since the words
of a query are always searched as they were typed as well.
"""

from __future__ import annotations

import json
import math
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"


def fold(word: str) -> str:
    """Return *word* without accents, only ever to compare spellings: å ä ö are letters."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Lexicon:
    """Document frequencies of stems, with average field lengths."""

    def __init__(
        self,
        frequencies: dict[str, int] | None = None,
        documents: int = 0,
        title_tokens: int = 0,
        body_tokens: int = 0,
    ) -> None:
        self.frequencies: Counter[str] = Counter(frequencies or {})
        self.documents = documents
        self.title_tokens = title_tokens
        self.body_tokens = body_tokens

    def add(self, title: str, body: str) -> None:
        """Count one analysed document."""
        in_title, in_body = title.split(), body.split()
        self.frequencies.update({*in_title, *in_body})
        self.documents += 1
        self.title_tokens += len(in_title)
        self.body_tokens += len(in_body)
        self.__dict__.pop("_by_fold", None)

    def remove(self, title: str, body: str) -> None:
        """Take back what :meth:`add` counted for a document that changed or went away."""
        in_title, in_body = title.split(), body.split()
        self.frequencies.subtract({*in_title, *in_body})
        for token in {*in_title, *in_body}:
            if self.frequencies[token] <= 0:
                del self.frequencies[token]
        self.documents = max(0, self.documents - 1)
        self.title_tokens = max(0, self.title_tokens - len(in_title))
        self.body_tokens = max(0, self.body_tokens - len(in_body))
        self.__dict__.pop("_by_fold", None)

    def frequency(self, stem: str) -> int:
        """Return how many documents use *stem*."""
        return self.frequencies.get(stem, 0)

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of *stem*, as BM25 defines it."""
        frequency = min(self.frequency(stem), self.documents)
        return math.log(1 + (self.documents - frequency + 0.5) / (frequency + 0.5))

    @property
    def average_title(self) -> float:
        """Return the average number of tokens in a title."""
        return self.title_tokens / self.documents if self.documents else 1.0

    @property
    def average_body(self) -> float:
        """Return the average number of tokens in a text."""
        return max(1.0, self.body_tokens / self.documents) if self.documents else 1.0

    @cached_property
    def _by_fold(self) -> dict[str, list[str]]:
        """Stems with accents, by their spelling without."""
        table: dict[str, list[str]] = {}
        for token in self.frequencies:
            if not token.isascii() and (plain := fold(token)) != token:
                table.setdefault(plain, []).append(token)
        return table

    def accented(self, stem: str) -> str | None:
        """Return the commonest stem that reads like *stem* once accents are dropped."""
        return max(self._by_fold.get(stem, ()), key=self.frequency, default=None)

    def neighbours(self, word: str) -> list[str]:
        """Return the known stems one edit away from *word*, commonest first."""
        found = {edit for edit in _edits(word) if edit in self.frequencies}
        return sorted(found, key=lambda token: (-self.frequency(token), token))

    def dump(self) -> bytes:
        """Return the lexicon as bytes, for the index to keep."""
        head = [self.documents, self.title_tokens, self.body_tokens]
        return zlib.compress(json.dumps([head, self.frequencies], ensure_ascii=False).encode(), 6)

    @classmethod
    def load(cls, data: bytes) -> Lexicon:
        """Return the lexicon that :meth:`dump` wrote."""
        head, frequencies = json.loads(zlib.decompress(data))
        return cls(frequencies, *head)

    @classmethod
    def of(cls, analysed: Iterable[tuple[str, str]]) -> Lexicon:
        """Count the (title, body) stems of documents."""
        lexicon = cls()
        for title, body in analysed:
            lexicon.add(title, body)
        return lexicon


def _edits(word: str) -> set[str]:
    """Return every string one insertion, deletion, exchange or transposition away from *word*."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    for letter in _LETTERS:
        found |= {left + letter + right for left, right in cuts}
        found |= {left + letter + right[1:] for left, right in cuts if right}
    found.discard(word)
    return found
