# SPDX-License-Identifier: EUPL-1.2
"""A person's own key, in a browser that pretends to have one."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser import press
from tests.small_city import PASSWORD, SmallCity

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_h8_a_key_is_added_and_opens_without_a_password(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit("/konto/nycklar/ny/", user="ordforande")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.get_by_label("Namn på nyckeln").fill("min telefon")
    page.get_by_label("Logga in utan lösenord med nyckeln").check()
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.get_by_role("heading", name="Reservkoder").wait_for()
    page.goto("/konto/nycklar/")
    assert "min telefon" in page.content()

    press(page.get_by_role("button", name="Logga ut"))
    page.goto("/logga-in/")
    page.get_by_role("button", name="Logga in med en nyckel").click()
    page.wait_for_url("**/admin/")
    assert page.get_by_role("main").is_visible()
