# SPDX-License-Identifier: EUPL-1.2
"""Other words for every label: codes are stored, so nothing but what is read may change."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import string
from collections.abc import Iterator

import pytest
from django.db.models import Choices
from django.utils import translation

import casework
from casework.planning.enums import OCCASION_IN_SENTENCE
from casework.process.mandates import MANDATE_WORDS
from casework.process.transitions import ways

WORDY = re.compile(r'\s(?:alt|aria-label|content|placeholder|title|value)="[^"]*"')
"""Attributes that hold words for people, or a form's own token."""


def labels() -> set[str]:
    """Every label of a closed list and every word of a transition's spec, as they are written."""
    found = {str(words) for words in (*OCCASION_IN_SENTENCE.values(), *MANDATE_WORDS.values())}
    for choices in _closed_lists():
        found |= {str(label) for _code, label in choices.choices}
    for way in ways().values():
        spec = way.spec
        found |= {str(words) for words in (spec.label, spec.told, *spec.told_by.values())}
        found |= {str(spec.task)} if spec.task else set()
    return found - {""}


def _closed_lists() -> Iterator[type[Choices]]:
    for room in pkgutil.iter_modules(casework.__path__):
        name = f"casework.{room.name}.enums"
        if importlib.util.find_spec(name) is None:
            continue
        for thing in vars(importlib.import_module(name)).values():
            if isinstance(thing, type) and issubclass(thing, Choices) and thing.__module__ == name:
                yield thing


def reword(monkeypatch: pytest.MonkeyPatch, seed: int) -> dict[str, str]:
    """Give every label other letters, wherever it is shown from now on; returns old → new.

    Labels are lazy translations, so it is the translation that is put in their place.
    """
    chance = random.Random(seed)
    new = {
        label: "".join(chance.choices(string.ascii_lowercase, k=12)) for label in sorted(labels())
    }
    translation.gettext("")  # lets Django put its own functions there first
    active = vars(translation)["_trans"]
    original = active.gettext
    monkeypatch.setattr(active, "gettext", lambda text: new.get(text) or original(text))
    return new


def skeleton(body: str) -> list[str]:
    """A page without its words: its tags with classes, states and addresses, in order."""
    return [WORDY.sub("", tag) for tag in re.findall(r"<[^>]+>", body)]
