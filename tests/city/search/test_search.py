# SPDX-License-Identifier: EUPL-1.2
"""The public search finds what is public, and says so when it cannot."""

from __future__ import annotations

import pytest
from django.test import Client

from search.services import SearchUnavailable
from tests.small_city import SmallCity
from ui.results import page_number


def test_search_says_when_the_engine_is_down(
    client: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("city.search.views.search_public", down)
    response = client.get("/sok/?q=skola")
    assert response.status_code == 503
    assert "Sökningen fungerar inte just nu" in response.content.decode()


def test_search_by_number_opens_the_case(client: Client, city: SmallCity) -> None:
    case = city.case("decided")
    response = client.get("/sok/", {"q": f"ks {case.year}/{case.serial}"})
    assert response.status_code == 302
    secret = city.secret
    assert secret is not None


@pytest.mark.parametrize("page", ["-1", "abc", "0", "9" * 5_000, "²", ""])
def test_a_page_number_that_is_none_shows_the_first_page(page: str) -> None:
    """Python refuses to read a number of 5,000 digits; a visitor's address must not end in 500."""
    assert page_number(page) in (0, 1)  # the search itself goes to the nearest page
