# SPDX-License-Identifier: EUPL-1.2
"""Differences of any size are shown at once (issue 7: H7)."""

from __future__ import annotations

import time

from desk.documents.templatetags.differences import difference


def shown(before: str, after: str) -> str:
    return str(difference({"before": before, "after": after, "is_html": False}))


def test_what_went_away_and_what_came_is_marked() -> None:
    assert shown("ett hus till", "ett stort hus") == ("ett <ins>stort </ins>hus<del> till</del>")
    assert shown("lika", "lika") == "lika"
    assert shown("", "nytt") == "<ins>nytt</ins>"


def test_h7_a_long_text_from_outside_holds_no_page() -> None:
    begun = time.monotonic()
    out = shown("början " + "ord " * 1_500 + "slut", "början " + "annat x " * 60_000 + "slut")
    assert time.monotonic() - begun < 2
    assert out.startswith("början ")
    assert out.endswith("slut")
