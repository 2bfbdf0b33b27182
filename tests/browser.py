# SPDX-License-Identifier: EUPL-1.2
"""What journeys do with a page by the mouse; by the keyboard, see :mod:`tests.keyboard`."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def press(locator: Locator) -> None:
    """Press a button or follow a link, and wait for the page that it leads to."""
    with locator.page.expect_navigation():
        locator.click()


def sign_in(page: Page, user: str, password: str) -> None:
    """Sign in as one of the city's people, and be in."""
    page.goto("/logga-in/")
    page.fill("#id_login", user)
    page.fill("#id_password", password)
    press(page.get_by_role("main").get_by_role("button", name="Logga in", exact=True))
    expect(page).not_to_have_url(re.compile("/logga-in/"))
