# SPDX-License-Identifier: EUPL-1.2
"""A registrar keeps her place: a list of her own, many at once, from case to case, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect

from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries
from casework.register.services import register_case, set_due
from casework.saved_lists.models import SavedList
from tests.small_city import SmallCity


def letters(city: SmallCity) -> list[Case]:
    """Five letters that nobody has."""
    series = NumberSeries.objects.get(authority__code="KS", is_historic=False)
    return [
        register_case(
            series=series,
            case_type=CaseType.LETTER,
            title=f"Brev om gatlyktor {number}",
            received_date=dt.date(2026, 1, number + 1),
            actor=city.people["registrator"],
        )
        for number in range(1, 6)
    ]


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Go by Tab until the focus stands in what is looked for."""
    for _press in range(most):
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def test_9_a_list_of_ones_own_many_at_once_and_back_to_the_row_by_keyboard(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    made = letters(city)
    officer, registrar = city.people["handlaggare"], city.people["registrator"]
    page = visit("/admin/arenden/?q=gatlyktor&ordering=received_date&officer=ingen",
                 user="registrator")  # fmt: skip

    # The list is saved under a name, and is the one that opens.
    tab_to(page, "a[href*='urval/spara']")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Mina lyktor")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "button[type=submit]:not([name])")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-lists [aria-current]")).to_have_text("Mina lyktor")
    assert SavedList.objects.get().is_start
    page.goto("/admin/arenden/")
    expect(page.locator("[data-row]")).to_have_count(5)

    # Three are ticked with j and x; meanwhile somebody else changes one of them.
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_be_focused()
    for _row in range(3):
        page.keyboard.press("x")
        page.keyboard.press("j")
    set_due(case=made[1], due_on=dt.date(2026, 2, 1), actor=registrar)
    tab_to(page, "[data-bulk-action-button][href*='/handlaggare/']", most=200)
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 ärenden är valda")).to_be_visible()
    tab_to(page, "#id_officer")
    page.keyboard.type(str(officer)[:4])
    page.keyboard.press("Control+Enter")
    told = page.locator(".messages")
    expect(told).to_contain_text("2 ändrade")
    expect(told).to_contain_text(f"1 hoppades över: ändrade av annan ({made[1].dnr})")
    assert Case.objects.filter(officer=officer, pk__in=[c.pk for c in made]).count() == 2

    # From case to case, and back to the row that one came to.
    expect(page.locator("[data-row]")).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    place = page.locator(".desk-place")
    expect(place).to_contain_text("1 av 3")
    page.keyboard.press("n")
    page.wait_for_url(f"**/arende/{made[3].pk}/**")
    expect(place).to_contain_text("2 av 3")
    page.keyboard.press("n")
    expect(place).to_contain_text("3 av 3")
    page.keyboard.press("p")
    expect(place).to_contain_text("2 av 3")

    # What is done with the case does not lose the place.
    page.goto(f"/admin/arende/{made[3].pk}/")
    expect(place).to_contain_text("2 av 3")
    page.keyboard.press("l")
    page.wait_for_url("**/arenden/**")
    expect(page.locator(f"#rad-{made[3].pk} [data-row]")).to_be_focused()


def test_9_slash_and_a_number_open_the_case_from_any_page(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    first, *_rest, last = letters(city)
    page = visit(f"/admin/arende/{first.pk}/", user="registrator")
    page.keyboard.press("/")
    expect(page.locator("#desk-jump-q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#desk-jump")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type(str(last.serial))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/arende/{last.pk}/")

    # The list's own field too, which else only looks for words in the list, however long.
    page.goto("/admin/arenden/")
    page.keyboard.press("/")
    page.keyboard.insert_text("samhällsbyggnadsnämndensordförandeskap")
    page.keyboard.press("Enter")
    page.wait_for_url("**/arenden/**")
    page.goto("/admin/arenden/")
    page.keyboard.press("/")
    page.keyboard.type(str(first.serial))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/arende/{first.pk}/")


def test_9_columns_are_moved_by_keyboard(visit: Callable[..., Page], city: SmallCity) -> None:
    letters(city)
    page = visit("/admin/arenden/kolumner/", user="registrator")
    box = page.locator("input[name=shown][value=received_date]")
    box.focus()
    for _place in range(6):
        page.keyboard.press("Alt+ArrowUp")
    page.locator("input[name=shown][value=party]").focus()
    page.keyboard.press("Space")
    tab_to(page, ".desk-columns ~ .desk-actions .button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url("**/arenden/**")
    heads = page.locator("table thead th")
    expect(heads.nth(2)).to_contain_text("Inkom")
    expect(page.get_by_role("columnheader", name="Avsändare")).to_have_count(0)


def test_9_boxes_are_ticked_by_mouse_and_what_was_done_is_undone(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    """A ticked row unfolded its title, so that the next box slid from under the mouse."""
    made = letters(city)
    for case in made:
        case.title = f"{case.title} {'som är släckta ' * 20}"
    Case.objects.bulk_update(made, ["title"])
    page = visit("/admin/arenden/?q=gatlyktor", user="registrator")
    boxes = page.locator("td [data-bulk-action-checkbox]")
    for row in range(5):
        boxes.nth(row).click()
        expect(boxes.nth(row)).to_be_checked()
    page.locator("[data-bulk-action-button][href*='/visa/']").first.click()
    expect(page.get_by_text("5 ärenden är valda")).to_be_visible()
    page.locator("[data-send]").click()
    told = page.locator(".messages")
    expect(told).to_contain_text("5 ändrade")
    told.get_by_role("link", name="Ångra").click()
    page.locator("[data-send]").click()
    expect(told).to_contain_text("5 ångrade")
    assert not Case.objects.filter(pk__in=[case.pk for case in made], is_published=True).exists()


INSIDE = "all => all.every(each => each.getBoundingClientRect().right <= innerWidth)"


def test_9_ticked_rows_are_dealt_with_on_a_phone(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    """The bar stood below the last row, with its buttons beside the page."""
    page = visit("/admin/arenden/", user="registrator", width=320)
    page.locator("main tbody input[type=checkbox]").first.check()
    bar = page.locator(".bulk-actions-choices.footer")
    expect(bar.get_by_role("link", name="Sätt en bevakning")).to_be_in_viewport()
    assert bar.locator("a, button").evaluate_all(INSIDE)


def test_9_the_filter_of_a_list_fits_a_phone(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/listor/balans/", user="registrator", width=320)
    assert page.locator(".desk-filter select").count() == 4
    assert page.locator(".desk-filter :is(select, label)").evaluate_all(INSIDE)
