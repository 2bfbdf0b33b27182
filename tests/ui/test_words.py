# SPDX-License-Identifier: EUPL-1.2
"""What the site says by itself: in its scripts, at empty fields, in Wagtail's frame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.utils.translation import gettext

from ui.forms import Day, MultipleFileField
from ui.wagtail_hooks import keys, script_words

SCRIPTS = Path(__file__).resolve().parents[2] / "site/ui/static/js"
SENTENCE = re.compile(r"""["'`][A-ZÅÄÖ][a-zåäö]+ [^"'`]*["'`]""")


@pytest.mark.parametrize("name", ["desk.js", "city.js"])
def test_7_a_script_holds_no_sentence_of_its_own(name: str) -> None:
    code = re.sub(r"//.*", "", (SCRIPTS / name).read_text("utf-8"))
    assert SENTENCE.findall(code) == []


def test_7_the_desks_script_finds_each_word_that_it_says() -> None:
    asked = set(re.findall(r"words\.(\w+)", (SCRIPTS / "desk.js").read_text("utf-8")))
    assert asked == set(script_words())
    assert 'id="desk-words"' in keys()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (forms.CharField(), "Fyll i det här fältet."),
        (forms.ChoiceField(choices=[("a", "A")]), "Välj ett alternativ."),
        (Day(), "Skriv en dag, till exempel 2026-11-23."),
        (MultipleFileField(), "Välj en fil."),
    ],
    ids=["text", "choice", "day", "file"],
)
def test_an_empty_field_says_what_to_do(field: forms.Field, words: str) -> None:
    """Use, annoying 15: not eight times "Det här fältet är obligatoriskt"."""
    assert field.error_messages["required"] == words


def test_wagtails_words_for_actions_and_home_are_the_registrars() -> None:
    """Use, annoying 2: "Handlingar" are records here, and nobody knows an "Instrumentpanel"."""
    assert gettext("Actions") == "Åtgärder"
    assert gettext("Dashboard") == "Att göra"
