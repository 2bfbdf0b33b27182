# SPDX-License-Identifier: EUPL-1.2
"""What the site says by itself: in its scripts, at empty fields, in Wagtail's frame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext

from desk.register.forms import CorrectForm
from ui.forms import Day, MultipleFileField
from ui.wagtail_hooks import keys, script_words

ROOT = Path(__file__).resolve().parents[2]
MENDED = (
    "tjänsteområdesgruppen för Pedagogiska",  # 1
    "den som för in beslutet",  # 2
    'eslutsregistrerare"',  # 3
    "fick plats i budgeten",  # 4
    "Beslutat i budgeten",
    "Beslutat: ",  # 5
    "utses inom kort",  # 8
    "Hej!",
    "Lämna tillbaka kompletterat",  # 9
    "Släppt in",  # 13
    "inte märkt",
    'utåt"',  # 14
    "Är det något nytt",  # 15
    "alla förvaltningar delar",  # 17
    'Vill se"',  # 18
    "försöks igen",  # 19
    "Här går ramen",  # 20
    "Motivering i staden",
    "denna vecka",  # 23
    "inget uppdrag att besluta",
    "dagens datum står",  # 24
    "hör inte ihop",  # 25
    "Skriv ditt konto",
    "krivbordet",  # 26
    "Ett svar saknas innan",  # 27
    "Till dina svar",  # 28
    "avstängd en stund",  # 29
    "läggs i ordning",  # 30
    "Poäng kan hjälpa",
    "Vägen är till för",  # 31
    "lägger dem i ordning",  # 32
    "Fem områden",  # 33
    "Alla slag",  # 34
    "hör inte hemma där",  # 35
    "Reservation i borgarrådsberedningen",  # 38
    "Markera som förberett",  # 39
    "Den som administrerar staden",  # 40
    '"Ordningen sparades"',  # 41
    "Nämndsekreterare Kommunfullmäktige",  # 42
    "Kontoväxling",  # 43
    "Anmälan av buller med ljudfil",
    "OSL 32:4",  # 44
    "Det tar en kvart",
    '"Eller e-postadress"',
    '"eller enhet"',
)
"""Texts that the audit of the mission (§5) found wanting, by its numbers."""

SCRIPTS = ROOT / "site/ui/static/js"
SENTENCE = re.compile(r"""["'`][A-ZÅÄÖ][a-zåäö]+ [^"'`]*["'`]""")


@pytest.mark.parametrize("name", ["desk.js", "turning.js", "typed-ahead.js", "city.js"])
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


def test_9_of_several_files_the_empty_one_is_named() -> None:
    """It said "Den skickade filen är tom." of one of ten scans."""
    files = [SimpleUploadedFile("ett.pdf", b"%PDF-"), SimpleUploadedFile("tom.pdf", b"")]
    with pytest.raises(forms.ValidationError, match=r"Filen tom\.pdf är tom"):
        MultipleFileField().clean(files)


def test_9_no_form_was_read_before_its_fields_had_their_words() -> None:
    """Fields of a class that was read early said "Det här fältet är obligatoriskt"."""
    found = [CorrectForm.base_fields["received_date"], CorrectForm.base_fields["title"]]
    words = [str(field.error_messages["required"]) for field in found]
    assert words == ["Skriv en dag, till exempel 2026-11-23.", "Fyll i det här fältet."]


def test_wagtails_words_for_actions_and_home_are_the_registrars() -> None:
    """Use, annoying 2: "Handlingar" are records here, and nobody knows an "Instrumentpanel"."""
    assert gettext("Actions") == "Åtgärder"
    assert gettext("Dashboard") == "Att göra"
    refused = gettext("Sorry, you do not have permission to access this area.")
    assert refused.startswith("Du har inte behörighet till den sidan.")


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("Exploring", "Sidor"),
        ("This field is required.", "Fyll i det här fältet."),
        ("Default", "Vanlig"),
        ("System default", "Som på datorn"),
        ("Saved", "Sparat"),
    ],
)
def test_9_wagtails_leftovers_are_in_plain_swedish(english: str, swedish: str) -> None:
    """Under "Konto" a density was called "Standardwebbplats", and pages began "Exploring"."""
    assert gettext(english) == swedish


def test_7_no_text_that_was_mended_comes_back() -> None:
    rooms = ("casework", "docgen", "search", "site")
    kinds = {".py", ".html", ".json"}
    found = [
        f"{path.relative_to(ROOT)}: {words}"
        for room in rooms
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in kinds
        for text in [path.read_text("utf-8")]
        for words in MENDED
        if words in text
    ]
    assert found == []
