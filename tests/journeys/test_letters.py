# SPDX-License-Identifier: EUPL-1.2
"""A registrar's letters by keyboard alone, with the keys counted beside the text (issue 9)."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from casework.register.models import Case, LetterTemplate, Party, Record
from tests.keyboard import Keys
from tests.small_city import SmallCity

FOR_A_CASE, FOR_A_RECORD = 12, 14


def test_ten_letters_by_keyboard_alone(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/", user="registrator")
    keys = Keys(page)
    into = city.case("registered")
    before = Case.objects.count()
    keys.go("r")
    most = {"case": 0, "record": 0}
    for number in range(10):
        expect(page.locator("#id_existing")).to_be_focused()
        kind = "record" if number % 5 == 4 else "case"
        start = keys.pressed - (1 if number == 0 else 0)
        if kind == "record":
            page.keyboard.type(into.dnr)
            expect(page.locator("[data-looked]")).to_contain_text(into.title)
        keys.press("Tab")
        page.keyboard.type(f"Snöröjning på gata {number}")
        keys.press("Tab")
        page.keyboard.type(f"Boende {number}")
        keys.press("Tab", "Tab")
        page.keyboard.type("-1")
        keys.go("Control+Enter")
        expect(page.locator(".messages")).to_contain_text("Registrerat som")
        most[kind] = max(most[kind], keys.pressed - start)
    assert Case.objects.count() == before + 8
    assert Record.objects.filter(case=into, title__startswith="Snöröjning").count() == 2
    assert most["case"] <= FOR_A_CASE
    assert most["record"] <= FOR_A_RECORD


def test_while_one_types_the_page_answers(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/registrera/", user="registrator")
    aside = page.locator("[data-looked]")
    page.fill("#id_existing", "KS 2999/7")
    expect(aside).to_contain_text("Det finns inget ärende med det numret")
    page.fill("#id_existing", "")
    page.fill("#id_title", "Klagomål på en granne")
    page.fill("#id_party", "Nils Ek")
    expect(aside).to_contain_text("Enskild")
    expect(aside).not_to_contain_text("Nils Ek")
    page.get_by_text("Sekretess", exact=True).click()
    page.fill("#id_secrecy_provision", "OSL 21:1")
    expect(aside).to_contain_text("sekretessmarkerat")


def test_a_known_sender_brings_what_is_known(visit: Callable[..., Page], city: SmallCity) -> None:
    Party.objects.create(
        authority=city.case("registered").authority,
        name="Vägföreningen Norr",
        email="vag@example.com",
        is_private=False,
    )
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_party", "Vägf")
    expect(page.locator("#id_party-known option")).to_have_count(1)
    page.fill("#id_party", "Vägföreningen Norr")
    expect(page.locator("#id_sender_email")).to_have_value("vag@example.com")
    expect(page.locator("#id_is_private")).not_to_be_checked()
    expect(page.locator("[data-looked]")).to_contain_text("Vägföreningen Norr")


def test_the_next_begins_as_the_last_and_a_template_as_it_was_kept(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Fråga om öppettider")
    page.fill("#id_party", "Boende")
    page.select_option("#id_case_type", "other")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/?efter=*")
    expect(page.locator("#id_title")).to_have_value("")
    expect(page.locator("#id_case_type")).to_have_value("other")
    page.locator("#id_existing").blur()
    page.keyboard.press("k")
    page.wait_for_url("**/?kopia=*")
    expect(page.locator("#id_title")).to_have_value("Fråga om öppettider")
    page.get_by_text("Spara som mall").click()
    page.fill("#template_name", "Öppettider")
    page.get_by_role("button", name="Spara mallen").click()
    page.wait_for_url("**/?mall=*")
    assert LetterTemplate.objects.get().values["title"] == "Fråga om öppettider"
    page.goto("/admin/registrera/")
    page.get_by_role("link", name="Öppettider").click()
    expect(page.locator("#id_title")).to_have_value("Fråga om öppettider")
    # The same letter once more within minutes is asked about, on the page and by the server.
    expect(page.locator("[data-looked]")).to_contain_text("Samma avsändare och rubrik")
