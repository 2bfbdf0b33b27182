# SPDX-License-Identifier: EUPL-1.2
"""The desk in its frame: lost sessions, two at once, and keys that decide nothing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from casework.prioritisation.services import reopen_ranking
from casework.process.enums import Stage, Standing
from casework.register.models import Case
from docgen.services import create_report
from docgen.services.reports import newest
from tests import small_city as small
from tests.browser import press
from tests.keyboard import unfold
from tests.small_city import PASSWORD, SmallCity


def sign_in_again(page: Page, user: str) -> None:
    """Fill in the sign-in form that the page now shows."""
    page.fill("#id_login", user)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()


def test_a_lost_session_loses_nothing(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Klagomål på snöröjning")
    page.select_option("#id_case_type", "other")
    page.context.clear_cookies()
    page.get_by_role("button", name="Registrera", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("för gammalt")
    page.goto("/admin/registrera/")
    sign_in_again(page, "registrator")
    expect(page.locator(".desk-kept")).to_contain_text("Vi har fyllt i det du skrev")
    expect(page.locator("#id_title")).to_have_value("Klagomål på snöröjning")
    expect(page.locator("#id_case_type")).to_have_value("other")
    page.get_by_role("button", name="Registrera", exact=True).click()
    page.wait_for_url("**/arende/**")
    assert Case.objects.filter(title="Klagomål på snöröjning").count() == 1
    page.goto("/admin/registrera/")
    expect(page.locator("#id_title")).to_have_value("")


def test_what_one_wrote_is_not_shown_to_another(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    pk = city.initiatives["registered"].pk
    address = f"/admin/initiativ/{pk}/forbered/"
    page = visit(address, user="handlaggare")
    page.fill("#id_goal", "Bara för mig")
    page.context.clear_cookies()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("för gammalt")
    page.goto("/admin/registrera/")
    sign_in_again(page, "registrator")
    page.wait_for_url("**/registrera/")
    assert page.evaluate("sessionStorage.getItem('desk-kept')") is None


def test_two_members_decide_at_the_same_time(visit: Callable[..., Page], city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    address = f"/admin/initiativ/{initiative.pk}/beslut/accept_scope/"
    first, second = (visit(address, user="handlaggare") for _ in range(2))
    for page in (first, second):
        page.check("[name=ground][value=cross]")
        press(page.get_by_role("button", name="Omfattas av modellen"))
    expect(first.locator(".case-head")).to_be_visible()
    expect(second.locator("#main")).to_contain_text("Det går inte i det här läget")
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.IN_PREPARATION


def test_s16_enter_decides_nothing(visit: Callable[..., Page], city: SmallCity) -> None:
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    initiative = small.with_group(city, "Cykelkarta")
    page = visit(
        f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/?initiativ={initiative.pk}",
        user="ordforande",
    )
    page.fill("#id_reason", "Stor nytta.")
    unfold(page, "Besluta genast")
    page.locator("#id_delegation").press("Enter")
    page.wait_for_timeout(500)
    expect(page.locator("#id_reason")).to_have_value("Stor nytta.")
    initiative.process.refresh_from_db()
    assert initiative.process.position == Standing.WITH_GROUP


def test_s3_an_editor_that_was_signed_out_keeps_its_text(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    report = create_report(case=city.case("registered"), actor=city.people["handlaggare"])
    address = f"/admin/tjansteutlatanden/text/edit/{report.pk}/"
    page = visit(address, user="handlaggare")
    page.fill("#id_title", "Karta över alla skolvägar")
    page.context.clear_cookies()
    page.locator("form[data-edit-form] [type=submit]").first.click()
    expect(page.locator(".desk-unsent")).to_contain_text("Det du har skrivit står kvar")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    sign_in_again(opened.value, "handlaggare")
    opened.value.wait_for_url("**/admin/**")
    press(page.locator("form[data-edit-form] [type=submit]").first)
    assert newest(report).title == "Karta över alla skolvägar"


def test_s4_an_order_survives_a_lost_session(visit: Callable[..., Page], city: SmallCity) -> None:
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Två till.")
    for name in ("Cykelkarta", "Lekplatskarta"):
        small.admitted(city, name)
    address = f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/"
    page = visit(address, user="ledamot")
    last = page.locator("[data-order] > li").last
    title = last.locator("a").inner_text()
    last.locator("textarea").fill("Brådskar")
    last.locator("textarea").press("Alt+ArrowUp")
    page.context.clear_cookies()
    press(page.get_by_role("button", name="Spara ordningen"))
    page.goto(address)
    sign_in_again(page, "ledamot")
    expect(page.locator(".desk-kept")).to_contain_text("Vi har fyllt i det du skrev")
    moved = page.locator("[data-order] > li").nth(-2)
    expect(moved.locator("a")).to_have_text(title)
    expect(moved.locator("textarea")).to_have_value("Brådskar")
    press(page.get_by_role("button", name="Spara ordningen"))
    expect(page.locator("[data-order] > li").nth(-2).locator("textarea")).to_have_value("Brådskar")
