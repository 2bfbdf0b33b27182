# SPDX-License-Identifier: EUPL-1.2
"""The public search finds what is public, and says so when it cannot."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.safestring import mark_safe

from search.documents import public_document
from search.results import FacetValue, Hit, SearchResult
from search.services import SearchUnavailable
from tests.small_city import SmallCity
from ui.public_diary import public_cases
from ui.results import chips, page_number, result_context


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
    assert response["Location"] == f"/arende/ks-{case.year}-{case.serial}/"
    assert city.secret is not None
    hidden = client.get("/sok/", {"q": city.secret.dnr})
    nobodys = client.get("/sok/", {"q": "KS 2026/99999"})
    assert hidden.status_code == nobodys.status_code != 302


@pytest.mark.parametrize(
    ("page", "number"), [("-1", 1), ("abc", 1), ("0", 0), ("9" * 5_000, 1), ("²", 1), ("", 1)]
)
def test_a_page_number_that_is_none_shows_the_first_page(page: str, number: int) -> None:
    """Python refuses to read a number of 5,000 digits; a visitor's address must not end in 500."""
    assert page_number(page) == number  # the search itself goes to the nearest page


def test_codes_become_words_in_one_place_for_rows_facets_and_chips(city: SmallCity) -> None:
    query = QueryDict("utfall=rejected&omrade=pedagogiska&typ=initiative&typ=SOU")
    hit = Hit(
        id=f"case:{city.case('rejected').pk}",
        title="Chattjänst",
        title_html=mark_safe("Chattjänst"),
        snippet=mark_safe(""),
        dnr=city.case("rejected").dnr,
        type="initiative",
        area="pedagogiska",
        outcome="rejected",
    )
    found = {
        "outcome": [FacetValue("rejected", 3, True)],
        "area": [FacetValue("pedagogiska", 3, True)],
        "type": [FacetValue("initiative", 2, True), FacetValue("SOU", 1, True)],
    }
    context = result_context(query, SearchResult("chatt", 1, [hit], found), "public")
    row = context["rows"][0]
    assert (row["type"], row["area"], row["outcome"]) == (
        "Initiativ",
        "Pedagogiska området",
        "Avslaget",
    )
    facets = {
        facet["label"]: [value.label for value in facet["first"]] for facet in context["facets"]
    }
    assert facets == {
        "Utfall": ["Avslaget"],
        "Område": ["Pedagogiska området"],
        "Typ": ["Initiativ", "SOU"],  # what is no code of ours is shown as it is
    }
    assert [chip.label for chip in chips(query)] == [
        "Typ: Initiativ",
        "Typ: SOU",
        "Område: Pedagogiska området",
        "Utfall: Avslaget",
    ]


def test_the_index_holds_codes(city: SmallCity) -> None:
    row = public_cases().get(case=city.case("rejected"))
    document = public_document(row, 1)
    assert (document.type, document.area, document.outcome) == (
        "initiative",
        "pedagogiska",
        "rejected",
    )


def test_the_query_keeps_its_filters(
    client: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = SearchResult("skola", 0, [], {})
    monkeypatch.setattr("city.search.views.search_public", lambda *args: empty)
    body = client.get("/sok/?q=skola&utfall=rejected&omrade=sociala").content.decode()
    assert '<input type="hidden" name="utfall" value="rejected">' in body
    assert '<input type="hidden" name="omrade" value="sociala">' in body
    assert "Utfall: Avslaget" in body
