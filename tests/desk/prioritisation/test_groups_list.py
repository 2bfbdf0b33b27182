# SPDX-License-Identifier: EUPL-1.2
"""The group's list beside its suggestion: distance, reasons, changes, versions (R33, R57)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.initiatives.models import Initiative
from casework.planning.enums import SuggestionBy
from casework.planning.services import change_area
from casework.prioritisation.enums import ListKind
from casework.prioritisation.selectors import newest
from casework.prioritisation.services import reopen_ranking
from casework.register.models import Case
from casework.register.services import mark_secret
from tests import small_city as small
from tests.desk.assessment.giving import address, browser, fields, give_all, open_all
from tests.desk.counting import queries
from tests.small_city import SmallCity


@pytest.fixture
def three(city: SmallCity) -> list[int]:
    """Three admitted initiatives, and the area's list open."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Tre till.")
    return [small.candidacy_of(small.admitted(city, name)) for name in ("Etta", "Tvåa", "Trea")]


def scored(city: SmallCity, points: dict[int, int]) -> None:
    """Both members give each initiative so many points, and the chair opens."""
    for who in ("ledamot", "ordforande"):
        other: dict[str, str] = {}
        for pk, given in points.items():
            other |= fields(city, [pk], str(given))
        give_all(city, who, other=other)
    open_all(city)


def page_of(city: SmallCity, who: str = "ordforande") -> str:
    text = browser(city, who).get(address(city, "desk_ranking")).content.decode()
    return " ".join(text.split())


def test_9_a_list_is_opened_with_a_reason_that_is_asked_for_at_its_field(city: SmallCity) -> None:
    """Without one the page said so above, and the field was as before."""
    chair, here = browser(city, "ordforande"), address(city, "desk_ranking")
    asked = chair.post(here, {"reopen": "", "reason": "  "})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert '<p class="error-message" id="reason-error">Skriv skälet.</p>' in page
    assert 'aria-describedby="reason-error"' in page
    assert chair.post(here, {"reopen": "", "reason": "En till."}).status_code == 302


def test_the_suggestion_stands_beside_our_order_with_the_distance_and_what_is_asked(
    city: SmallCity, three: list[int]
) -> None:
    first, second, third = three
    chair, here = browser(city, "ordforande"), address(city, "desk_ranking")
    assert "Inget förslag är gjort än" in page_of(city)
    told = chair.post(here, {"suggest": ""}, follow=True).content.decode()
    assert "inga öppnade bedömningar" in told
    scored(city, {first: 5, second: 4, third: 1})
    chair.post(here, {"suggest": ""})
    page = page_of(city)
    assert "Ordning efter poäng." in page
    assert "skiljer sig från förslaget i 0 av 3 par" in page
    assert "Skriv varför" not in page
    chair.post(here, {"order": [third, first, second], "save": ""})
    page = page_of(city)
    assert "skiljer sig från förslaget i 2 av 3 par" in page
    assert "1 motivering saknas" in page
    assert page.count("Ni går ifrån förslaget här") == 1
    assert "förslag: plats 3" in page
    refused = chair.post(here, {"order": [third, first, second], "fix": ""})
    assert refused.status_code == 422
    assert "Skriv varför" in refused.content.decode()
    chair.post(here, {"order": [third, first, second], f"reason-{third}": "Lagen.", "save": ""})
    assert "saknas där ni går" not in page_of(city)


def test_an_order_of_orders_prints_its_certificate(city: SmallCity, three: list[int]) -> None:
    area = city.round_area
    change_area(area=area, share=1, suggestion_by=SuggestionBy.RANKINGS, actor=city.people["slk"])
    give_all(city, "ledamot", places=three)
    give_all(city, "ordforande", places=[three[1], three[0], three[2]])
    open_all(city)
    browser(city, "ledamot").post(address(city, "desk_ranking"), {"suggest": ""})
    page = page_of(city)
    assert "Ingen ordning motsäger färre av ledamöternas parvisa omdömen: 1 av 6." in page
    assert "Hur säker ordningen är" not in page


def test_who_moved_what_and_when_is_told(city: SmallCity, three: list[int]) -> None:
    here = address(city, "desk_ranking")
    browser(city, "ordforande").post(here, {"order": three, "save": ""})
    assert "Ändrat sedan sist" not in page_of(city)
    browser(city, "ledamot").post(here, {"order": [three[2], *three[:2]], "save": ""})
    dnr = Case.objects.get(initiative__process__candidacy=three[2]).dnr
    page = page_of(city)
    assert "Ändrat sedan sist" in page
    assert "Ledamot Ek, " in page
    assert f"{dnr} från 3 till 1" in page


def test_every_version_is_kept_and_read(city: SmallCity, three: list[int]) -> None:
    chair, here = browser(city, "ordforande"), address(city, "desk_ranking")
    chair.post(here, {"order": three, "save": ""})
    small.fix_list(city, *[Initiative.objects.get(process__candidacy=pk) for pk in three])
    fixed = newest(city.round, ListKind.AREA, city.area)
    assert fixed is not None
    chair.post(here, {"reopen": "", "reason": "Ny lag."})
    chair.post(here, {"order": three[::-1], "save": ""})
    page = page_of(city)
    old = reverse("desk_ranking_version", args=[city.round.slug, "pedagogiska", fixed.version])
    assert f'href="{old}"' in page
    assert f"plats 3 i version {fixed.version}" in page
    assert "Ny lag." in page
    version = chair.get(old)
    assert [row.candidacy.pk for row in version.context["rows"]] == three
    assert not version.context["may_change"]
    assert "som inte längre gäller" in version.content.decode()
    missing = reverse("desk_ranking_version", args=[city.round.slug, "pedagogiska", 99])
    assert chair.get(missing).status_code == 404


def test_places_beside_a_hidden_one_are_counted_among_what_is_seen(
    city: SmallCity, three: list[int]
) -> None:
    first, second, third = three
    scored(city, {first: 5, second: 4, third: 1})
    chair, here = browser(city, "ordforande"), address(city, "desk_ranking")
    chair.post(here, {"suggest": ""})
    chair.post(here, {"order": [third, second, first], "save": ""})
    case = Case.objects.get(initiative__process__candidacy=first)
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    answer = browser(city, "ledamot").get(here)
    assert answer.context["hidden"] == 1
    assert answer.context["beside"].places == {second: 1, third: 2}
    assert (answer.context["beside"].turned, answer.context["beside"].pairs) == (1, 1)
    moves = [move for change in answer.context["changes"] for move in change.moves]
    assert {row.candidacy.pk for row, _was, _now in moves} <= {second, third}
    assert {place for _row, *places in moves for place in places} <= {1, 2}
    assert case.dnr not in answer.content.decode()


def test_the_list_costs_the_same_for_three_and_for_six(city: SmallCity, three: list[int]) -> None:
    counts = []
    here = address(city, "desk_ranking")
    for more in ((), ("Fyra", "Fem", "Sex")):
        new = [small.candidacy_of(small.admitted(city, title)) for title in more]
        scored(city, {pk: place for place, pk in enumerate(new or three)})
        three += new
        browser(city, "ordforande").post(here, {"suggest": ""})
        browser(city, "ordforande").post(here, {"order": three[::-1], "save": ""})
        counts.append(queries(browser(city, "ordforande"), here))
    assert counts[0] == counts[1] <= 20
