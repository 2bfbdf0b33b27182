# SPDX-License-Identifier: EUPL-1.2
"""A meeting in the browser: by keyboard in few keys, and by two people at once (issue 8)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.initiatives.models import Initiative
from casework.meetings.selectors import noted_in
from casework.prioritisation.services import reopen_ranking
from casework.process.enums import Standing
from tests import small_city as small
from tests.keyboard import Keys
from tests.small_city import SmallCity

NAMES = ("Cykelkarta", "Lekplatskarta", "Badplatskarta")
MOST_KEYS = 8


@pytest.fixture
def room(city: SmallCity) -> str:
    """The address of the group's room, with three initiatives on its agenda."""
    city.meeting("grupp-pedagogiska")
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Tre till.")
    for name in NAMES:
        city.initiatives[name] = small.with_group(city, name)
    return f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/"


def standing(city: SmallCity, name: str) -> str:
    found = Initiative.objects.select_related("process").get(pk=city.initiatives[name].pk)
    return str(found.process.position)


def test_a_meeting_by_keyboard_takes_at_most_eight_keys_an_item(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    keys = Keys(page)
    for name, outcome, reason in zip(
        NAMES, ("1", "3", "4"), ("Stor nytta, 1 av 3.", "Finns redan.", ""), strict=True
    ):
        expect(page.locator("#matter")).to_contain_text(name)
        keys.go(outcome)
        expect(page.locator("#id_reason")).to_be_focused()
        page.keyboard.type(reason)  # digits in a field are text, not outcomes
        expect(page.locator("#id_reason")).to_have_value(reason)
        keys.go("Control+Enter")
    assert standing(city, "Cykelkarta") == Standing.WITH_GROUP
    keys.press("b")
    expect(page.locator("#gavel")).to_be_focused()
    keys.go("Enter")
    assert [standing(city, name) for name in NAMES] == [
        Standing.ADMITTED, Standing.REJECTED, Standing.WITH_GROUP,
    ]  # fmt: skip
    assert keys.pressed <= MOST_KEYS * len(NAMES)
    assert keys.pressed / len(NAMES) < 4


@pytest.mark.parametrize("pause", [15, 60])
def test_8_what_is_typed_while_the_outcome_is_fetched_stands_in_the_reason(
    visit: Callable[..., Page], city: SmallCity, room: str, pause: int
) -> None:
    page = visit(room, user="ordforande")
    page.keyboard.press("3")
    page.keyboard.type("jourtid 2 saknas, k och bx", delay=pause)
    page.keyboard.press("Backspace")
    expect(page).to_have_url(re.compile("utfall=reject"))
    expect(page.locator("#id_reason")).to_have_value("jourtid 2 saknas, k och b")
    expect(page.locator("#matter")).to_contain_text(NAMES[0])


def test_8_what_is_typed_on_the_way_to_another_page_is_for_that_page(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    with page.expect_navigation():
        page.keyboard.type("j3kx")  # the next, its outcome, and the reason
    expect(page.locator("#matter")).to_contain_text(NAMES[1])
    expect(page.locator("#id_reason")).to_have_value("kx")
    page = visit("/admin/inkorg/", user="registrator")
    with page.expect_navigation():
        page.keyboard.type("rMotion om jourtid")
    expect(page.locator(":focus")).to_have_value("Motion om jourtid")


def test_8_an_outcomes_form_that_a_key_brings_works_as_on_a_page_of_its_own(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    Keys(page).go("2")
    expect(page.locator("#id_questions")).to_be_focused()
    page.fill("#id_questions", "Vad kostar det?")
    Keys(page).go("Control+Enter")
    (item,) = noted_in(city.meeting("grupp-pedagogiska"))
    assert (item.outcome, item.details["questions"]) == ("request_completion", "Vad kostar det?")


def test_s16_neither_enter_nor_a_letter_decides(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(f"{room}?utfall=request_completion", user="ordforande")
    page.keyboard.press("b")
    page.fill("#id_questions", "Vad kostar det?")
    page.locator("#id_due").press("Enter")
    page.wait_for_timeout(300)
    expect(page.locator("#id_questions")).to_have_value("Vad kostar det?")
    assert noted_in(city.meeting("grupp-pedagogiska")) == []
    assert standing(city, NAMES[0]) == Standing.WITH_GROUP


def test_the_same_meeting_by_two_browsers_at_once(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    member, chair = visit(room, user="ledamot"), visit(room, user="ordforande")
    expect(chair.locator(".room-now")).to_contain_text("Ledamot Ek")
    keys = Keys(chair)
    keys.go("1")
    expect(chair.locator("#id_reason")).to_be_focused()
    keys.go("Control+Enter")
    now = member.locator(".room-now")
    expect(now).to_contain_text("Ordforande Ek antecknade ett utfall", timeout=10_000)
    expect(now).to_contain_text("Det gäller ärendet som du läser")
    with member.expect_navigation():
        now.get_by_role("link").click()
    expect(member.locator("#main")).to_contain_text("Ordföranden beslutar det antecknade")
