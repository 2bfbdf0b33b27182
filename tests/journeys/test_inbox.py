# SPDX-License-Identifier: EUPL-1.2
"""The lane by keyboard: a mail that answers a case, keys counted, and the way back (issue 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.inbox.enums import AsideReason, ItemState
from casework.inbox.models import InboxItem
from casework.inbox.services import receive_mail
from casework.organisation.models import Authority
from casework.register.models import Record
from tests import mails
from tests.keyboard import Keys
from tests.small_city import SmallCity

MOST_KEYS = 4


def take(data: bytes, hours: int) -> InboxItem:
    return receive_mail(
        authority=Authority.objects.get(code="KS"), data=data, source="maildir:a", actor=None,
        arrived_at=timezone.now() - dt.timedelta(hours=hours),
    ).item  # fmt: skip


def test_9_a_mail_that_answers_a_case_is_one_key_and_one_back(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    assert city.letter is not None
    answer = take(mails.mail(f"SV: {city.letter.dnr}", text="Här är svaret."), 9)
    other = take(mails.mail("Reklam"), 8)
    page = visit("/admin/inkorg/", user="registrator")
    keys = Keys(page)
    keys.go("s")
    expect(page.get_by_role("heading", name=f"SV: {city.letter.dnr}", level=2)).to_be_visible()
    expect(page.get_by_text("1 av 2")).to_be_visible()
    keys.go("1")
    assert keys.pressed <= MOST_KEYS
    record = Record.objects.latest("pk")
    assert record.case == city.letter
    expect(page.get_by_text(f"Registrerat som {record.dnr}.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Reklam", level=2)).to_be_visible()
    keys.go("u")
    record.refresh_from_db()
    assert record.is_void
    answer.refresh_from_db()
    assert answer.is_waiting
    expect(page.get_by_role("heading", name=f"SV: {city.letter.dnr}", level=2)).to_be_visible()
    keys.go("n")
    expect(page.get_by_role("heading", name="Reklam", level=2)).to_be_visible()
    keys.go("k")
    keys.go("j")
    assert page.url.endswith(f"/{other.pk}/")


def test_9_each_way_out_takes_four_keys_at_most(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    advertising, new, private, asking = (
        take(mails.mail(name), hours)
        for name, hours in (("Reklam", 9), ("Ny", 8), ("Privat", 7), ("Begäran", 6))
    )
    page = visit(f"/admin/inkorg/{advertising.pk}/", user="registrator")
    for item, pressed in (
        (advertising, ("4", "Enter")),
        (new, ("2",)),
        (private, ("4", "Tab", "Tab", "Enter")),
        (asking, ("5", "Enter")),
    ):
        keys = Keys(page)
        keys.go(*pressed)
        assert keys.pressed <= MOST_KEYS
        item.refresh_from_db()
    assert advertising.aside == AsideReason.ADVERTISING
    assert new.state == ItemState.FILED
    assert new.is_new_case
    assert private.state == ItemState.SET_ASIDE
    assert asking.order is not None
    expect(page.get_by_role("link", name="Besvara")).to_be_visible()
    expect(page.get_by_text("Ingen post väntar.")).to_be_visible()


def test_9_an_address_is_typed_after_two_keys(visit: Callable[..., Page], city: SmallCity) -> None:
    item = take(mails.mail("Fel stad"), 9)
    page = visit(f"/admin/inkorg/{item.pk}/", user="registrator")
    page.keyboard.press("3")
    page.keyboard.press("Tab")
    page.keyboard.type("annan@example.com")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    item.refresh_from_db()
    assert (item.state, item.forwarded_address) == (ItemState.FORWARDED, "annan@example.com")


def test_9_what_is_typed_for_one_way_stays_when_another_fails(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    item = take(mails.mail("Fel stad"), 9)
    page = visit(f"/admin/inkorg/{item.pk}/", user="registrator")
    page.get_by_label("Vad handlingen gäller").fill("Ett annat ämne")
    page.get_by_label("Annat skäl").fill("Ett skäl")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("3")
    page.keyboard.press("Tab")
    page.keyboard.type("annan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # The place that the key went to does not come before what is wrong.
    assert "#" not in page.url
    expect(page.locator(".desk-errors")).to_be_focused()
    expect(page.locator(".desk-errors")).to_contain_text("E-postadress")
    expect(page.get_by_label("Vad handlingen gäller")).to_have_value("Ett annat ämne")
    expect(page.get_by_label("Annat skäl")).to_have_value("Ett skäl")
    expect(page.get_by_label("E-postadress")).to_have_value("annan")
    with page.expect_navigation():
        page.get_by_role("button", name="Nytt ärende").click()
    item.refresh_from_db()
    assert item.case is not None
    assert item.case.title == "Ett annat ämne"


def test_9_files_are_dropped_onto_the_page(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/inkorg/", user="registrator")
    with page.expect_navigation():
        page.evaluate(
            """content => {
              const dropped = new DataTransfer();
              dropped.items.add(new File([content], "skan.pdf", { type: "application/pdf" }));
              const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
              document.querySelector("h2").dispatchEvent(new DragEvent("drop", options));
            }""",
            mails.PDF.decode(),
        )
    expect(page.get_by_role("link", name="skan")).to_be_visible()


def test_9_the_lane_fits_a_phone(visit: Callable[..., Page], city: SmallCity) -> None:
    assert city.letter is not None
    item = take(mails.mail(city.letter.dnr, text="x" * 400), 9)
    page = visit(f"/admin/inkorg/{item.pk}/", user="registrator", width=320)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
