# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's own parts work where no script inside a page may run (issue 7)."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from docgen.services import create_report
from tests.small_city import SmallCity


def test_7_parts_and_editors_start_without_scripts_and_days_stand_as_typed(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    report = create_report(case=city.case("registered"), actor=city.people["handlaggare"])
    page = visit(f"/admin/tjansteutlatanden/text/edit/{report.pk}/", user="handlaggare")
    parts = page.locator("#id_sections-FORMS [data-inline-panel-child]")
    before = parts.count()
    page.get_by_role("button", name="Lägg till avsnitt").click()
    expect(parts).to_have_count(before + 1)
    expect(parts.last.locator(".DraftEditor-root")).to_be_visible()

    # Points stand in their body, also in a body that has just been added.
    page.get_by_role("button", name="Lägg till beslutspunkt").first.click()
    expect(page.locator("[name=decision_groups-0-points-1-text]")).to_be_visible()
    page.get_by_role("button", name="Lägg till beslutande organ").click()
    page.get_by_role("button", name="Lägg till beslutspunkt").last.click()
    expect(page.locator("[name=decision_groups-1-points-0-text]")).to_be_visible()
    page.get_by_role("tab", name="Avsändare och mottagare").click()
    page.get_by_role("button", name="Lägg till mottagare").click()
    days = [page.locator("[name$=-meeting_date]").last]
    days.append(visit("/admin/registrera/", user="registrator").locator("#id_due_on"))
    days.append(visit("/admin/appointment/new/", user="admin").locator("[name=valid_from]"))
    for day in days:
        day.fill("24/12")
        day.press("Tab")
        expect(day).to_have_value("24/12")  # read by the server, as it is written
    visit("/admin/pages/", user="admin").get_by_role("heading", level=1).wait_for()
