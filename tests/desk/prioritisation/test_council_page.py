# SPDX-License-Identifier: EUPL-1.2
"""The council's page: its own order and reasons, and what is wrong said at each field (R36)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.prioritisation import services
from casework.prioritisation.enums import ListKind
from casework.prioritisation.selectors import newest
from casework.process.models import Candidacy
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(city: SmallCity) -> list[int]:
    """Three that the office has handed over to the council, which is met."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Tre till."
    )
    made = [small.admitted(city, name) for name in ("Ett", "Två", "Tre")]
    small.fix_list(city, *made)
    small.hand_over(city, *made)
    return [small.candidacy_of(row) for row in made]


def send(city: SmallCity, client: Client, places: list[str], keys: list[int], **more: str) -> Any:
    fields = {f"place-{key}": place for key, place in zip(keys, places, strict=True)}
    fields |= {f"opinion-{key}": "for" for key in keys} | {"recommend": ""}
    client.force_login(city.people["radet"])
    address = reverse("desk_council", args=[city.round.slug])
    return client.post(address, {**fields, "order": keys, **more})


def shown(answer: Any) -> list[str]:
    return [row["place"] for row in answer.context["rows"]]


def test_8_the_councils_own_places_stand_where_a_reason_is_missing(
    city: SmallCity, client: Client, three: list[int]
) -> None:
    first, second, third = three
    answer = send(city, client, ["2", "1", "3"], three, **{f"reason-{first}": "Bra."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert shown(answer) == ["2", "1", "3"]
    assert [fault.field for fault in answer.context["faults"]] == [
        f"reason-{second}", f"reason-{third}",
    ]  # fmt: skip
    for key in (second, third):
        assert f'href="#reason-{key}"' in page
        assert f'id="reason-{key}-fel"' in page
    said = {f"reason-{key}": "Bra." for key in three}
    meeting = str(city.meeting("utvecklingsradet").pk)
    send(city, client, ["2", "1", "3"], three, **said, meeting=meeting)
    advice = newest(city.round, ListKind.COUNCIL)
    assert advice is not None
    assert list(advice.items.order_by("place").values_list("candidacy", flat=True)) == [
        second, first, third,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (["x", "1", "2"], "som ett tal från 1 till 3"),
        (["4", "1", "2"], "som ett tal från 1 till 3"),
        (["", "1", "2"], "som ett tal från 1 till 3"),
        (["1", "1", "2"], "har samma plats som"),
    ],
)
def test_8_a_place_that_is_none_is_told_at_its_field(
    city: SmallCity, client: Client, three: list[int], places: list[str], told: str
) -> None:
    said = {f"reason-{key}": "Bra." for key in three}
    answer = send(city, client, places, three, **said)
    assert answer.status_code == 422
    assert shown(answer) == places
    assert told in answer.content.decode()
    assert not Candidacy.objects.filter(pk__in=three).exclude(stage="in_proposal").exists()


def test_8_why_a_proposal_goes_back_is_kept_where_something_is_missing(
    city: SmallCity, client: Client, three: list[int]
) -> None:
    client.force_login(city.people["radet"])
    address = reverse("desk_council", args=[city.round.slug])
    answer = client.post(address, {"refer_back": "", "back_reason": "Räkna om."})
    assert answer.status_code == 422
    assert ">Räkna om.</textarea>" in answer.content.decode()


def test_6_what_the_meeting_lacks_is_told_at_its_field(
    city: SmallCity, client: Client, three: list[int]
) -> None:
    said = {f"reason-{key}": "Bra." for key in three}
    answer = send(city, client, ["1", "2", "3"], three, **said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["delegation"]


def test_6_every_amount_that_cannot_be_read_is_told_at_its_row(
    city: SmallCity, client: Client, three: list[int]
) -> None:
    first, second, third = three
    rows = Candidacy.objects.filter(pk__in=three)
    small.recommend(city, *[row.initiative for row in rows])
    client.force_login(city.people["beslut"])
    typed = {f"amount-{first}": "abc", f"amount-{second}": "mycket", f"amount-{third}": "hm"}
    chosen = {f"verdict-{key}": "approve_in_part" for key in (first, second)}
    address = reverse("desk_city_council", args=[city.round.slug])
    answer = client.post(address, {**typed, **chosen, "reference": "KF § 1"})
    assert answer.status_code == 422
    assert [fault.field for fault in answer.context["faults"]] == [
        f"amount-{first}", f"amount-{second}",
    ]  # fmt: skip
    page = answer.content.decode()
    assert f'id="amount-{first}-fel"' in page
    assert 'value="mycket"' in page


def test_8_the_councils_order_and_statement_are_what_everybody_reads_after_it(
    city: SmallCity, client: Client, three: list[int]
) -> None:
    first, second, third = three
    said = {f"reason-{key}": "Bra." for key in three} | {"statement": "Tvåan är viktigast."}
    meeting = str(city.meeting("utvecklingsradet").pk)
    send(city, client, ["2", "1", "3"], three, **said, meeting=meeting)
    answer = client.get(reverse("desk_council", args=[city.round.slug]))
    page = answer.content.decode()
    decided = [row for row in answer.context["decided"] if row.step.candidacy_id in three]
    assert [row.step.candidacy_id for row in decided] == [second, first, third]
    assert [row.place for row in decided] == [2, 3, 4], "after what was recommended before"
    assert "Tvåan är viktigast." in page
    assert "Inget väntar på rådet" not in page
    client.force_login(city.people["beslut"])
    answer = client.get(reverse("desk_city_council", args=[city.round.slug]))
    rows = [row["row"].candidacy.pk for row in answer.context["rows"]]
    assert [key for key in rows if key in three] == [second, first, third]
    assert "2, förordas" in answer.content.decode()


def test_8_fullmaktige_is_not_offered_to_decide_on_delegation(
    city: SmallCity, client: Client, three: list[int]
) -> None:
    """The page offered it, and then refused whoever tried."""
    rows = Candidacy.objects.filter(pk__in=three)
    small.recommend(city, *[row.initiative for row in rows])
    client.force_login(city.people["beslut"])
    address = reverse("desk_city_council", args=[city.round.slug])
    assert 'name="delegation"' not in client.get(address).content.decode()
    chosen = {f"verdict-{three[0]}": "decline", f"reason-{three[0]}": "Ryms inte."}
    answer = client.post(address, {**chosen, "reference": "KF § 1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["meeting"] == ["Ange på vilket möte beslutet fattas."]
