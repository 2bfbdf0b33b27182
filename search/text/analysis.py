# SPDX-License-Identifier: EUPL-1.2
"""What a document's text is turned into before any engine sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.text.keys import keys_in, keys_of_number
from search.text.parts import parts_of
from search.text.stems import stem
from search.text.tokens import forms, split_glued, tidy, words_of

GRAM = 5
TITLE_GRAM = 4
#: Text beyond this is not analysed: the tail of a very long annex finds nothing that matters.
MAX_ANALYSED = 60_000


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document's text as stems and keys. The strings hold tokens parted by single spaces."""

    title: str
    body: str
    parts: str
    title_grams: str
    keys: tuple[str, ...]
    cited: tuple[str, ...]


def stems_of(text: str) -> list[str]:
    """Return the stems of a text in order, hyphenated words in all their spellings."""
    return stems_of_words(words_of(text))


def stems_of_words(words: Iterable[str]) -> list[str]:
    """Return the stems of words in order, hyphenated words in all their spellings."""
    found: list[str] = []
    for word in words:
        if "-" in word:
            found.extend(stem(form) for form in forms(word))
        else:
            found.append(stem(word))
    return found


def grams(token: str, size: int = GRAM) -> list[str]:
    """Return the character n-grams of a token; a token shorter than that has none."""
    return [token[i : i + size] for i in range(len(token) - size + 1)]


def analyse(title: str, body: str, numbers: Iterable[str] = ()) -> Analysis:
    """Analyse a document: *numbers* are the fields that hold its own numbers."""
    clear_title = split_glued(tidy(title))
    clear_body = tidy(body[:MAX_ANALYSED])
    title_words = words_of(clear_title)
    body_words = words_of(clear_body)
    title_stems = stems_of_words(title_words)
    own = {key.text for number in numbers for key in keys_of_number(tidy(number))}
    cited = {key.text for text in (clear_title, clear_body) for key in keys_in(text)} - own
    parts = {part for word in {*title_words, *body_words} for part in parts_of(word)}
    return Analysis(
        title=" ".join(title_stems),
        body=" ".join(stems_of_words(body_words)),
        parts=" ".join(sorted(parts)),
        title_grams=" ".join(
            dict.fromkeys(g for token in title_stems for g in grams(token, TITLE_GRAM))
        ),
        keys=tuple(sorted(own)),
        cited=tuple(sorted(cited)),
    )
