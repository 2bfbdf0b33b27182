# SPDX-License-Identifier: EUPL-1.2
"""What journeys do with a page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def press(locator: Locator) -> None:
    """Press a button or follow a link, and wait for the page that it leads to."""
    with locator.page.expect_navigation():
        locator.click()


def unfold(page: Page, summary: str) -> None:
    """Open what is folded under a line, by the keyboard: a page that still moves misses no key."""
    line = page.locator("summary", has_text=summary)
    line.press("Enter")
    expect(line.locator("..")).to_have_attribute("open", "")


def sign_in(page: Page, user: str, password: str) -> None:
    """Sign in as one of the city's people, and be in."""
    page.goto("/logga-in/")
    page.fill("#id_login", user)
    page.fill("#id_password", password)
    press(page.get_by_role("main").get_by_role("button", name="Logga in", exact=True))
    expect(page).not_to_have_url(re.compile("/logga-in/"))


class Keys:
    """A keyboard that counts what is pressed beside the text of a reason."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str, leads_on: bool = False) -> None:
        """Press some keys; each part of a chord counts."""
        for key in keys:
            self.pressed += len(key.split("+"))
            if leads_on:
                with self.page.expect_navigation():
                    self.page.keyboard.press(key)
            else:
                self.page.keyboard.press(key)
