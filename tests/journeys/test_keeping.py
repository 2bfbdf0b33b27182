# SPDX-License-Identifier: EUPL-1.2
"""A wrong filing is put right, and a case is closed with something missing (issue 9)."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.register.enums import Direction
from casework.register.models import Case, Record
from casework.register.services import register_letter, register_record
from tests.browser import press
from tests.small_city import SmallCity, letter_record


def test_9_a_wrong_filing_is_moved(visit: Callable[..., Page], city: SmallCity) -> None:
    wrong = letter_record(city, "Hör till ett annat").case
    right, _first = register_letter(
        series=wrong.entry.series, actor=city.people["registrator"], title="Rätt ärende",
        received_date=timezone.localdate(),
    )  # fmt: skip
    page = visit(f"/admin/arende/{wrong.pk}/", user="registrator")
    page.locator("#records ~ * summary", has_text="Ändra").first.click()
    press(page.get_by_role("link", name="Flytta till ett annat ärende").first)
    page.fill("#id_number", right.dnr)
    page.fill("#id_reason", "Fel ärende.")
    press(page.get_by_role("button", name="Flytta till ett annat ärende"))
    expect(page.locator(".messages")).to_contain_text("är flyttad")
    expect(page.locator("section", has=page.locator("#records"))).to_contain_text("makulerad")
    page.goto(f"/admin/arende/{right.pk}/")
    records = page.locator("section", has=page.locator("#records"))
    expect(records).to_contain_text("Hör till ett annat")
    expect(records).to_contain_text("kopia av")
    assert Record.objects.filter(case=right).count() == 2


def test_9_a_closing_with_something_missing(visit: Callable[..., Page], city: SmallCity) -> None:
    case = letter_record(city, "Fråga om en lykta").case
    answer = register_record(
        case=case, actor=city.people["registrator"], direction=Direction.OUTGOING, title="Svar",
        received_date=timezone.localdate(),
    )  # fmt: skip
    page = visit(f"/admin/arende/{case.pk}/gor/avsluta/", user="registrator")
    expect(page.locator(".desk-form")).to_contain_text(f"Inte expedierat: {answer.dnr}.")
    press(page.get_by_role("button", name="Avsluta ärendet"))
    expect(page.locator(".desk-errors")).to_contain_text("skriv varför ärendet avslutas ändå")
    assert Case.objects.get(pk=case.pk).closed_at is None
    page.goto(f"/admin/expediera/{answer.pk}/")
    page.fill("#id_receivers", "En boende")
    page.get_by_label("Brev").check()
    press(page.get_by_role("button", name="Expediera"))
    expect(page.locator("#dispatches")).to_be_visible()
    page.goto(f"/admin/arende/{case.pk}/gor/avsluta/")
    expect(page.locator("#id_despite")).to_have_count(0)
    press(page.get_by_role("button", name="Avsluta ärendet"))
    expect(page.locator(".messages")).to_contain_text("Klart i")
    assert Case.objects.get(pk=case.pk).closed_at is not None
