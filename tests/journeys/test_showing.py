# SPDX-License-Identifier: EUPL-1.2
"""What a city shows: an anonymous order from question to file, and a case published (issue 9)."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from casework.disclosure.models import DisclosureRequest
from casework.register import services as register
from casework.register.models import Case, NumberSeries
from tests.browser import press, sign_in
from tests.small_city import PASSWORD, SmallCity, letter_record

WIDE = {"width": 1280, "height": 900}


def test_9_an_order_from_question_to_a_masked_file_by_its_code(
    browser: Browser, live_server: object, city: SmallCity, tmp_path: Path
) -> None:
    plain = letter_record(city, "Karta över belysningen")
    named = letter_record(city, "Klagomål från Karin Ask", title_public="Klagomål")
    address = str(live_server)

    # Somebody orders, and holds a code.
    asker = browser.new_context(base_url=address, viewport={"width": 320, "height": 800})
    page = asker.new_page()
    page.goto("/bestall/")
    page.fill("#id_text", "Allt om belysningen")
    page.fill("#id_number", plain.case.dnr)
    press(page.get_by_role("button", name="Skicka beställningen"))
    expect(page.get_by_role("heading", name="Din beställning är mottagen")).to_be_visible()
    code = DisclosureRequest.objects.get().code
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert asker.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

    # The registrar tries each record.
    masked = tmp_path / "maskad.pdf"
    masked.write_bytes(b"%PDF-1.7 maskad\n%%EOF")
    desk = browser.new_context(base_url=address, viewport=WIDE).new_page()  # type: ignore[arg-type]
    sign_in(desk, city.people["registrator"].username, PASSWORD)
    desk.goto("/admin/utlamnande/")
    press(desk.get_by_role("link", name="Allt om belysningen"))
    for record in (plain, named):
        desk.get_by_label(re.compile(re.escape(record.dnr))).check()
    press(desk.get_by_role("button", name="Ta med i begäran"))
    press(desk.get_by_role("link", name=f"Pröva {plain.dnr}"))
    desk.get_by_label("Lämna ut", exact=True).check()
    desk.get_by_label(re.compile("brev.pdf")).check()
    press(desk.get_by_role("button", name="Spara beslutet"))
    press(desk.get_by_role("link", name=f"Pröva {named.dnr}"))
    desk.get_by_label("Lämna ut, med delar maskade").check()
    expect(desk.get_by_label(re.compile("brev.pdf"))).not_to_be_checked()
    desk.set_input_files("input[name=masked]", str(masked))
    desk.fill("input[name=provision]", "OSL 21:1")
    desk.fill("textarea[name=reason]", "Ett namn är maskat.")
    press(desk.get_by_role("button", name="Spara beslutet"))
    press(desk.get_by_role("button", name="Skicka svaret"))

    # The one who asked comes back with the code alone.
    page.goto("/bestall/kvitto/")
    page.fill("#kod", code)
    press(page.get_by_role("button", name="Visa"))
    expect(page.get_by_text("Ett namn är maskat.")).to_be_visible()
    expect(page.get_by_text("21 kap. 1 § offentlighets- och sekretesslagen")).to_be_visible()
    expect(page.get_by_text("Karin Ask")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("maskad")).click()
    assert download.value.path().read_bytes() == masked.read_bytes()
    assert "Karin" not in download.value.suggested_filename
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert asker.cookies() == []
    asker.close()


def test_9_a_case_is_published_as_it_was_previewed(
    browser: Browser, live_server: object, city: SmallCity
) -> None:
    clerk, today = city.people["registrator"], timezone.localdate()
    case: Case = register.register_case(
        series=NumberSeries.objects.get(code="KS"), title="Klagomål från Karin Ask",
        title_public="Klagomål på en grind", party="Karin Ask", received_date=today, actor=clerk,
    )  # fmt: skip
    for title in ("Brev", "Karta"):
        register.register_record(
            case=case, direction="in", title=title, received_date=today, actor=clerk,
            files=[SimpleUploadedFile("fil.pdf", b"%PDF-1.7 x\n%%EOF")],
        )  # fmt: skip
    context = browser.new_context(base_url=str(live_server), viewport=WIDE)  # type: ignore[arg-type]
    desk: Page = context.new_page()
    sign_in(desk, clerk.username, PASSWORD)
    desk.goto(f"/admin/arende/{case.pk}/")
    desk.get_by_text("Fler åtgärder").first.click()
    press(desk.get_by_role("link", name="Visa i webbdiariet"))
    preview = desk.frame_locator("iframe.desk-preview")
    expect(preview.get_by_role("heading", name="Klagomål på en grind")).to_be_visible()
    expect(preview.get_by_text("Enskild")).to_be_visible()
    desk.get_by_label(re.compile("Karta")).check()
    press(desk.get_by_role("button", name="Publicera det som visas nedan"))
    expect(desk.get_by_text("Du har ändrat något")).to_be_visible()
    expect(preview.get_by_text("Karta", exact=True).first).to_be_visible()
    press(desk.get_by_role("button", name="Publicera det som visas nedan"))
    desk.goto("/diarium/?q=grind")
    expect(desk.get_by_role("link", name="Klagomål på en grind")).to_be_visible()
    expect(desk.get_by_role("cell", name="Enskild")).to_be_visible()
    expect(desk.get_by_text("Karin Ask")).to_have_count(0)
    context.close()
