# SPDX-License-Identifier: EUPL-1.2
"""Nothing on the desk sticks out of its box or is cut off (issue 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from casework.initiatives.services import draft_form
from casework.process.services import complete
from tests.small_city import SmallCity

STICKING_OUT = """() => [...document.querySelectorAll('details.desk-box')].flatMap(box => {
  box.open = true
  const edge = box.getBoundingClientRect().right
  return [...box.querySelectorAll('input, textarea, select')]
    .filter(field => field.getBoundingClientRect().right > edge)
    .map(field => field.name)
})"""


@pytest.mark.parametrize("width", [320, 1280])
def test_8_the_fields_of_a_drafts_questions_stay_in_their_boxes(
    visit: Callable[..., Page], city: SmallCity, width: int
) -> None:
    """What is folded in took its width without its padding."""
    draft = draft_form(actor=city.people["admin"])
    page = visit(reverse("desk_form_draft", args=[draft.pk]), user="admin", width=width)
    assert page.locator("details.desk-box").count() > 5
    assert page.evaluate(STICKING_OUT) == []


def test_8_the_table_of_outcomes_is_not_cut(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit(reverse("desk_statistics"), user="slk")
    region = page.locator("[role=region][aria-labelledby=utfall]")
    assert region.evaluate("box => box.scrollWidth - box.clientWidth") <= 0


def test_8_the_rooms_heading_is_no_larger_than_the_pages(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    complete(initiative=city.initiatives["completion"], actor=city.people["kontakt"], reason="Ja.")
    address = reverse("desk_meeting", args=[city.round.slug, "pedagogiska"])
    page = visit(address, user="ordforande")
    size = "heading => parseFloat(getComputedStyle(heading).fontSize)"
    matter = page.locator(".room-matter h2").first.evaluate(size)
    assert matter <= page.locator("h1").first.evaluate(size) * 1.1
