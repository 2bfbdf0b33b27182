# SPDX-License-Identifier: EUPL-1.2
"""Words out of text: lower case, hyphens understood, å ä ö left as the letters they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

#: A word, with inner hyphens ("e-tjänst") and a case ending after a colon ("EU:s").
_WORD = re.compile(r"([^\W_]+(?:-[^\W_]+)*)(?::[a-zåäö]{1,3}\b)?")
#: Old web titles were glued to the label that followed them: "marknadsstrateginDiarienummer".
_GLUED = re.compile(r"(?<=[a-zåäö]{3})(?=[A-ZÅÄÖ][a-zåäö]{3})")
_HYPHENS = re.compile("[\u2010\u2011]")
_MAX_WORD = 60


class Word(NamedTuple):
    """A word in a text, with the place of its surface form."""

    text: str
    start: int
    end: int


def tidy(text: str) -> str:
    """Return *text* composed, with one kind of hyphen and without soft hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
        text = _HYPHENS.sub("-", text)
    return text


def split_glued(title: str) -> str:
    """Separate words that lost the space between them, told by a capital inside a word."""
    return _GLUED.sub(" ", title)


def words(text: str) -> Iterator[Word]:
    """Yield the words of *text* in lower case; a hyphenated word is one word here."""
    for match in _WORD.finditer(text):
        yield Word(match[1].lower()[:_MAX_WORD], match.start(1), match.end(1))


def words_of(text: str) -> list[str]:
    """Return the words of *text* without their places: many times faster than :func:`words`."""
    return [word[:_MAX_WORD] for word in _WORD.findall(text.lower())]


def forms(word: str) -> list[str]:
    """Return the spellings under which a word is indexed: its hyphenated pieces and the whole.

    "it-drift" is found as "it drift" and as "itdrift": people write all three.
    """
    if "-" not in word:
        return [word]
    pieces = word.split("-")
    return [*pieces, "".join(pieces)]
