# SPDX-License-Identifier: EUPL-1.2
"""The desk's pages: no accessibility fault, fits a narrow screen, wrong input loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from casework.register.models import Case
from tests.small_city import SmallCity

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


STICKS_OUT = """[...document.querySelectorAll(".desk *")]
    .filter(el => !el.closest(".desk-scroll, .vh, .w-sr-only, svg, details:not([open])"))
    .filter(el => el.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 3).map(el => el.outerHTML.slice(0, 80)).join(" | ")"""


def addresses(city: SmallCity) -> list[tuple[str, str]]:
    case = {name: city.case(name) for name in ("decided", "registered", "completion")}
    slug = city.round.slug
    meeting = city.meeting("grupp-pedagogiska").pk
    made = {name: initiative.pk for name, initiative in city.initiatives.items()}
    return [
        ("/admin/", "registrator"),
        ("/admin/", "handlaggare"),
        ("/admin/arenden/", "handlaggare"),
        ("/admin/inkorg/", "registrator"),
        ("/admin/registrera/", "registrator"),
        (f"/admin/arende/{case['decided'].pk}/", "handlaggare"),
        (f"/admin/arende/{case['registered'].pk}/", "registrator"),
        (f"/admin/arende/{case['registered'].pk}/handling/", "registrator"),
        (f"/admin/arende/{case['registered'].pk}/gor/ratta/", "registrator"),
        (f"/admin/arende/{case['registered'].pk}/gor/remiss/", "handlaggare"),
        (f"/admin/arende/{case['decided'].pk}/handelser/", "handlaggare"),
        (f"/admin/initiativ/{made['registered']}/beslut/exclude_scope/", "handlaggare"),
        (f"/admin/initiativ/{made['registered']}/forbered/", "handlaggare"),
        ("/admin/skicka/", "kontakt"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/", "ordforande"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/rangordning/", "ordforande"),
        (f"/admin/omgang/{slug}/forslag/", "slk"),
        (f"/admin/omgang/{slug}/radet/", "radet"),
        (f"/admin/omgang/{slug}/fullmaktige/", "beslut"),
        ("/admin/omgangar/", "slk"),
        (f"/admin/omgang/{slug}/", "slk"),
        ("/admin/moten/", "ordforande"),
        (f"/admin/moten/{meeting}/", "ordforande"),
        ("/admin/forvaltningens-initiativ/", "kontakt"),
        ("/admin/sok/?q=fr%C3%A5nvaro", "handlaggare"),
        ("/admin/sa-gar-det-till/", "handlaggare"),
    ]


def test_desk_pages_have_no_accessibility_fault(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    faults = []
    for address, user in addresses(city):
        page = visit(address, user=user)
        page.wait_for_timeout(300)
        result = Axe().run(page, context="#main", options=RULES)
        faults += [
            f"{address} ({user}): {v['id']}: {v['nodes'][0]['html'][:160]}"
            for v in result.response["violations"]
        ]
        page.close()
    assert faults == []


def test_desk_pages_fit_a_narrow_screen(visit: Callable[..., Page], city: SmallCity) -> None:
    wide = []
    for address, user in addresses(city):
        page = visit(address, user=user, width=320)
        page.wait_for_timeout(200)
        # The frame hides what sticks out, so each element is asked; tables may scroll in their box.
        over = page.evaluate(STICKS_OUT)
        if over:
            wide.append(f"{address} ({user}): {over}")
        page.close()
    assert wide == []


def test_a_wrong_date_keeps_what_was_typed(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Klagomål på snöröjning")
    page.fill("#id_received_date", "2999-01-01")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Registrera", exact=True).click()
    page.wait_for_load_state()
    expect(page.locator(".desk-errors")).to_contain_text("framtiden")
    expect(page.locator("#id_title")).to_have_value("Klagomål på snöröjning")
    assert not Case.objects.filter(title="Klagomål på snöröjning").exists()


def test_a_letter_becomes_a_case_once_however_often_it_is_sent(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Klagomål på snöröjning")
    page.set_input_files(
        "#id_files",
        {"name": "brev.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x\n%%EOF"},
    )
    form = page.locator("form.desk-form")
    form.evaluate("form => { form.removeAttribute('data-once'); form.submit(); form.submit(); }")
    page.wait_for_url("**/arende/**")
    assert Case.objects.filter(title="Klagomål på snöröjning").count() == 1
    case = Case.objects.get(title="Klagomål på snöröjning")
    assert case.records.count() == 1
    expect(page.get_by_role("link", name="brev.pdf")).to_be_visible()


def test_slash_moves_to_the_search_field(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/", user="registrator")
    page.keyboard.press("/")
    expect(page.locator("[data-desk-search]")).to_be_focused()


def test_a_row_of_the_ranking_moves_by_keyboard(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit(
        f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/", user="ordforande"
    )
    assert page.get_by_role("heading", level=1).count() >= 1
