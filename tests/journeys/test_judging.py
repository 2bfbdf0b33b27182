# SPDX-License-Identifier: EUPL-1.2
"""A member's judgement is kept as one goes, and a failure to keep it is told (R41)."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from casework.assessment.selectors import own_sheet
from casework.prioritisation.services import reopen_ranking
from tests import small_city as small
from tests.small_city import SmallCity


def test_a_score_is_kept_as_one_goes_and_a_lost_session_is_told(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    candidacy = small.candidacy_of(small.admitted(city, "Cykelpump"))
    page = visit(
        f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/min-bedomning/", user="ledamot"
    )
    told = page.locator("[data-saved]")
    page.locator("select").first.select_option("4")
    expect(told).to_contain_text("Sparat kl.")
    page.locator("select").nth(1).press("2")  # by keyboard, as by the mouse
    expect(told).to_contain_text("7 bedömningar återstår")
    kept = own_sheet(city.round_area, city.people["ledamot"])
    assert sorted(points or 0 for points, _note in kept.scores.values()) == [2, 4]
    assert {one for one, _criterion in kept.scores} == {candidacy}
    assert not kept.is_submitted
    page.context.clear_cookies()
    page.locator("select").nth(2).select_option("1")
    expect(told).to_contain_text("Det gick inte att spara nyss")
