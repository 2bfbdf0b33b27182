# SPDX-License-Identifier: EUPL-1.2
"""A long list is worked on in parts, and is one list all the same (R33, R34, issue 8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from casework.initiatives.models import Initiative
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import ListItem, Rehearsal
from casework.prioritisation.selectors import newest
from casework.prioritisation.services import reopen_ranking
from tests import small_city as small
from tests.desk.assessment.giving import address, browser
from tests.small_city import SmallCity
from ui import orders


@pytest.fixture
def five(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Five on the area's open list, saved in this order, of which two stand on a part."""
    monkeypatch.setattr(orders, "PER_PAGE", 2)
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Fem till.")
    made = [small.candidacy_of(small.admitted(city, f"Karta {n}")) for n in range(5)]
    post(city, order=made, save="")
    return made


def post(city: SmallCity, query: str = "", **fields: Any) -> Any:
    client = browser(city, "ordforande")
    return client.post(address(city, "desk_ranking") + query, fields)


def get(city: SmallCity, query: str = "") -> Any:
    return browser(city, "ordforande").get(address(city, "desk_ranking") + query)


def kept(city: SmallCity) -> list[int]:
    draft = newest(city.round, ListKind.AREA, city.area)
    assert draft is not None
    return list(draft.items.order_by("place").values_list("candidacy", flat=True))


def suggest(city: SmallCity, order: list[int]) -> None:
    """Note a suggestion beside the places: this order."""
    ListItem.objects.filter(candidacy__in=order).update(suggested_place=F("place"))
    for place, pk in enumerate(order, start=1):
        ListItem.objects.filter(candidacy=pk).update(suggested_place=place)


def test_8_a_part_shows_its_rows_and_paper_all(city: SmallCity, five: list[int]) -> None:
    answer = get(city, "?sida=2")
    text = answer.content.decode()
    assert [row.key for row in answer.context["page"]] == five[2:4]
    assert [text.count(f'name="order" value="{pk}"') for pk in five] == [0, 0, 1, 1, 0]
    assert 'data-first="3" data-more' in text
    assert text.count("desk-order desk-print") == 2
    assert all(f"Karta {n}" in text for n in range(5))


def test_8_a_move_passes_the_edge_of_a_part_and_is_followed(
    city: SmallCity, five: list[int]
) -> None:
    a, b, c, d, e = five
    answer = post(city, "?sida=2", order=[c, d], move=f"up-{c}")
    assert kept(city) == [a, c, b, d, e]
    assert answer.headers["Location"] == f"{address(city, 'desk_ranking')}#up-{c}"
    answer = post(city, order=[a, c], move=f"down-{c}")
    assert kept(city) == [a, b, c, d, e]
    assert answer.headers["Location"].endswith(f"?sida=2#down-{c}")


def test_8_a_row_is_moved_to_a_typed_place(city: SmallCity, five: list[int]) -> None:
    a, b, c, d, e = five
    fields: dict[str, Any] = {"order": [a, b], "move": f"to-{a}", f"to-{a}": " 5 "}
    answer = post(city, "", **fields)
    assert kept(city) == [b, c, d, e, a]
    assert answer.headers["Location"].endswith(f"?sida=3#up-{a}")
    for wrong in ("6", "0", "mitten", ""):
        fields = {"order": [c, b], "move": f"to-{b}", f"to-{b}": wrong, f"reason-{b}": "Först."}
        answer = post(city, "", **fields)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'name="to-{b}" value="{wrong}"' in text
        assert f'id="to-{b}-fel">Skriv en plats från 1 till 5.' in text
        assert ">Först.</textarea>" in text
    assert kept(city) == [b, c, d, e, a]


def test_8_what_one_part_saves_leaves_the_others(city: SmallCity, five: list[int]) -> None:
    a, b, c, d, e = five
    post(city, "", **{"order": [b, a], f"reason-{b}": "Lagen.", "part": "3"})
    answer = post(city, "?sida=2", **{"order": [d, c], f"reason-{d}": "Brådskar.", "part": "1"})
    assert answer.headers["Location"] == address(city, "desk_ranking")
    assert kept(city) == [b, a, d, c, e]
    draft = newest(city.round, ListKind.AREA, city.area)
    assert draft is not None
    reasons = dict(draft.items.values_list("candidacy", "reason"))
    assert (reasons[b], reasons[d]) == ("Lagen.", "Brådskar.")


def test_8_missing_reasons_are_told_with_the_parts_where_they_are(
    city: SmallCity, five: list[int]
) -> None:
    a, b, c, d, e = five
    suggest(city, [e, b, d, c, a])
    text = " ".join(get(city).content.decode().split())
    assert "motiveringar saknas där ni går ifrån förslaget" in text
    assert "De saknas på sida" in text
    asked = get(city).context["asked"]
    assert [there.number for there in asked] == sorted({there.number for there in asked})
    for there in asked:
        assert f'href="?sida={there.number}#r{there.first}"' in text
        part = get(city, f"?sida={there.number}").content.decode()
        assert f'id="fraga-{there.first}"' in part


def test_8_a_colleague_who_moved_it_to_another_part_costs_no_reason(
    city: SmallCity, five: list[int]
) -> None:
    a, b = five[:2]
    member, here = browser(city, "ledamot"), address(city, "desk_ranking")
    draft = newest(city.round, ListKind.AREA, city.area)
    assert draft is not None
    opened = draft.edition
    post(city, order=[a, b], move=f"to-{a}", **{f"to-{a}": "5"})
    answer = member.post(
        here, {"edition": opened, "order": [b, a], f"reason-{a}": "Mitt skäl", "save": ""}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Det du skrev om rader som nu står på andra sidor" in text
    assert f'name="reason-{a}" rows="2">Mitt skäl</textarea>' in text
    assert "data-late" in text


def test_8_a_fixed_list_is_whole(city: SmallCity, five: list[int]) -> None:
    small.fix_list(city, *[Initiative.objects.get(process__candidacy=pk) for pk in five])
    answer = get(city, "?sida=2")
    assert [row.key for row in answer.context["page"]] == five
    assert "Nästa sida" not in answer.content.decode()


def test_8_a_copy_that_is_tried_is_worked_on_in_parts(city: SmallCity, five: list[int]) -> None:
    a, b, c, d, e = five
    chair, here = browser(city, "ordforande"), address(city, "desk_rehearsal")
    mine = chair.post(here, {"begin": "", "name": "Min"})["Location"]
    second = f"{mine}&sida=2"
    answer = chair.get(second)
    text = answer.content.decode()
    assert [text.count(f'name="order" value="{pk}"') for pk in five] == [0, 0, 1, 1, 0]
    assert 'data-first="3" data-more' in text
    assert text.count('<li class="desk-print">') == 3  # of the group's; paper has both whole
    assert f'action="{mine[len(here) :]}&amp;sida=2"' in text
    # Over the edge of the part, and to a typed place: the moved row is followed.
    moved = chair.post(second, {"order": [c, d], "move": f"up-{c}"})
    assert moved["Location"] == f"{mine}#up-{c}"
    moved = chair.post(mine, {"order": [a, c], "move": f"to-{a}", f"to-{a}": "5"})
    assert moved["Location"] == f"{mine}&sida=3#up-{a}"
    assert Rehearsal.objects.get().order == [c, b, d, e, a]
    # Another part was asked for: what is changed on this one is kept on the way.
    moved = chair.post(second, {"order": [e, d], "part": "3"})
    assert moved["Location"] == f"{mine}&sida=3"
    assert Rehearsal.objects.get().order == [c, b, e, d, a]
    assert kept(city) == five


def test_8_a_place_that_is_not_there_keeps_what_stood_on_the_copys_page(
    city: SmallCity, five: list[int]
) -> None:
    a, b, *_rest = five
    chair, here = browser(city, "ordforande"), address(city, "desk_rehearsal")
    mine = chair.post(here, {"begin": "", "name": "Min"})["Location"]
    answer = chair.post(mine, {"order": [b, a], "move": f"to-{a}", f"to-{a}": "9"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert [row.key for row in answer.context["page"]] == [b, a]
    assert f'name="to-{a}" value="9"' in text
    assert "Skriv en plats från 1 till 5." in text
    assert "data-unsaved" in text
    assert Rehearsal.objects.get().order == five
