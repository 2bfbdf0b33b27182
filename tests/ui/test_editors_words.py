# SPDX-License-Identifier: EUPL-1.2
"""What editors and administrators read of Wagtail's and allauth's, in one Swedish (issue 8)."""

from __future__ import annotations

import ast
import gettext as files
import re
from pathlib import Path

import pytest
import wagtail
from django.utils.translation import gettext

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "site/portal/locale/sv/LC_MESSAGES"
ABOUT = re.compile("workflow|moderation|in progress|accessib|readab|heading|alt text", re.I)


def entries(path: Path) -> list[dict[str, str]]:
    """The entries of a catalogue in text."""
    found: list[dict[str, str]] = [{}]
    key = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            found.append({})
        elif match := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
            key = match[1]
            found[-1][key] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            found[-1][key] += ast.literal_eval(line)
    return [row for row in found if row.get("msgid")]


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_8_the_compiled_words_are_those_that_are_written(name: str) -> None:
    """One was changed and the other was not compiled anew."""
    with (WORDS / f"{name}.mo").open("rb") as compiled:
        kept = files.GNUTranslations(compiled)
    for row in entries(WORDS / f"{name}.po"):
        if "msgid_plural" in row:
            told = kept.ngettext(row["msgid"], row["msgid_plural"], 2)
            assert told == row["msgstr[1]"], row["msgid"]
        elif "msgctxt" in row:
            assert kept.pgettext(row["msgctxt"], row["msgid"]) == row["msgstr"]
        else:
            assert kept.gettext(row["msgid"]) == row["msgstr"], row["msgid"]


def test_8_an_editor_reads_of_approval_and_checks_in_swedish() -> None:
    """Twenty sentences of Wagtail's workflow were English."""
    path = Path(wagtail.__file__).parent / "admin/locale/en/LC_MESSAGES/django.po"
    told = [row["msgid"] for row in entries(path) if "msgid_plural" not in row]
    about = [text for text in told if ABOUT.search(text)]
    assert len(about) > 50
    assert [text for text in about if gettext(text) == text] == []


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("1 item selected", "1 vald"),
        ("%(objects)s items selected", "%(objects)s valda"),
        ("Email address", "E-postadress"),
        ("Email Addresses", "E-postadresser"),
    ],
)
def test_8_choosing_and_mail_have_plain_words(english: str, swedish: str) -> None:
    """They were "1 objekt har valts" and "Epost-adress"."""
    assert gettext(english) == swedish


def test_8_no_text_writes_epost_in_one_word() -> None:
    rows = entries(WORDS / "django.po")
    assert [row for row in rows if re.search("epost", row.get("msgstr", ""), re.I)] == []


def test_8_the_menus_search_and_a_lists_have_names_of_their_own() -> None:
    """Both were "Sök" to who hears the page."""
    words = files.translation("djangojs", str(ROOT / "site/portal/locale"), ["sv"])
    assert words.gettext("Search") == "Sök sidor"
    assert gettext("Search term") != "Sök sidor"
