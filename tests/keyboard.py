# SPDX-License-Identifier: EUPL-1.2
"""What somebody without a mouse does with a page: Tab to a thing, and press a key."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

_MOST = 400
"""No page has so many things to stop at that one should have to pass more."""

_HAS_FOCUS = "thing => thing === document.activeElement"
_IN_GROUP = "thing => document.activeElement.name === thing.name"


class Keys:
    """A keyboard that counts what is pressed beside the text of a reason."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        """Press some keys; each part of a chord counts."""
        for key in keys:
            self.pressed += len(key.split("+"))
            self.page.keyboard.press(key)

    def go(self, *keys: str) -> None:
        """Press some keys, the last of which leads to another page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])


def reach(thing: Locator, arrived: str = _HAS_FOCUS) -> None:
    """Go on by Tab until a thing has the focus, past all that comes before it.

    Raises:
        AssertionError: Tab does not lead there.
    """
    expect(thing).to_be_visible()
    there = thing.element_handle()
    for _step in range(_MOST):
        if there.evaluate(arrived):
            return
        thing.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {thing}")


def press(thing: Locator) -> None:
    """Press a button or follow a link, and wait for the page that it leads to."""
    reach(thing)
    with thing.page.expect_navigation():
        thing.page.keyboard.press("Enter")


def fill(field: Locator, text: str) -> None:
    """Write in a field, instead of what stands there."""
    reach(field)
    field.page.keyboard.press("Control+A")
    field.page.keyboard.insert_text(text)
    expect(field).to_have_value(text)


def check(box: Locator) -> None:
    """Tick a box, or walk with the arrows to a choice among several."""
    if box.get_attribute("type") != "radio":
        reach(box)
        box.page.keyboard.press("Space")
    elif not box.is_checked():
        reach(box, _IN_GROUP)
        box.page.keyboard.press("Space")
        for _step in range(_MOST):
            if box.is_checked():
                break
            box.page.keyboard.press("ArrowDown")
    expect(box).to_be_checked()


def choose(field: Locator, label: str) -> None:
    """Choose in a list that folds down, by its arrow."""
    reach(field)
    field.page.keyboard.press("Home")
    chosen = "list => list.selectedOptions[0].label"
    for _step in range(_MOST):
        if field.evaluate(chosen) == label:
            return
        field.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label} is not to be chosen in {field}")


def unfold(page: Page, summary: str) -> None:
    """Open what is folded under a line."""
    line = page.locator("summary", has_text=summary)
    reach(line)
    page.keyboard.press("Enter")
    expect(line.locator("..")).to_have_attribute("open", "")
