# SPDX-License-Identifier: EUPL-1.2
"""What cannot be saved on a list's page stands there again (issue 7, S1 and S4)."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.prioritisation import services
from casework.prioritisation.models import OrderedList
from casework.process.models import Candidacy
from casework.register.models import Case
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(city: SmallCity) -> list[int]:
    """An open list of the group with two more on it."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Två till."
    )
    made = [small.admitted(city, name) for name in ("Cykelkarta", "Lekplatskarta")]
    return [row.process.candidacy_id or 0 for row in made]


def as_(city: SmallCity, name: str) -> Client:
    client = Client()
    client.force_login(city.people[name])
    return client


def edition(client: Client, address: str) -> str:
    text = client.get(address).content.decode()
    return text.partition('name="edition" value="')[2].partition('"')[0]


def test_7_a_colleague_who_saved_first_costs_no_word(city: SmallCity, two: list[int]) -> None:
    here = f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/"
    first, second = two
    chair, member = as_(city, "ordforande"), as_(city, "ledamot")
    opened = edition(member, here)
    chair.post(
        here,
        {
            "edition": opened,
            "order": [first, second],
            f"reason-{first}": "Ordförandens",
            "save": "",
        },
    )
    answer = member.post(
        here,
        {"edition": opened, "order": [second, first], f"reason-{first}": "Mitt skäl", "save": ""},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ordforande Ek ändrade ordningen kl." in text
    assert ">Mitt skäl</textarea>" in text
    assert "Sparat: Ordförandens" in text
    numbers = [Case.objects.get(initiative__candidacies=pk).dnr for pk in (second, first)]
    assert f"Din ordning var: {numbers[0]}, {numbers[1]}" in text
    # And knowingly saved, mine stands.
    again = text.partition('name="edition" value="')[2].partition('"')[0]
    member.post(
        here,
        {"edition": again, "order": [second, first], f"reason-{first}": "Mitt skäl", "save": ""},
    )
    draft = OrderedList.objects.filter(kind="area", state="draft").latest("pk")
    order = list(draft.items.order_by("place").values_list("candidacy", flat=True))
    assert order.index(second) < order.index(first)
    assert dict(draft.items.values_list("candidacy", "reason"))[first] == "Mitt skäl"


def test_7_a_wrong_frame_keeps_order_and_reasons(city: SmallCity, two: list[int]) -> None:
    small.fix_list(city, *[Candidacy.objects.get(pk=pk).initiative for pk in two])
    here = f"/admin/omgang/{city.round.slug}/forslag/"
    office = as_(city, "slk")
    first, second = two
    answer = office.post(
        here,
        {"edition": edition(office, here), "order": [second, first], "frame": "mycket",
         f"reason-{second}": "Brådskar", "save": ""},
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mycket"' in text
    assert ">Brådskar</textarea>" in text
    assert text.index(f'name="order" value="{second}"') < text.index(
        f'name="order" value="{first}"'
    )


def test_7_the_focus_stays_on_the_button_that_moved(city: SmallCity, two: list[int]) -> None:
    here = f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/"
    member = as_(city, "ledamot")
    answer = member.post(
        here, {"edition": edition(member, here), "order": two, "move": f"down-{two[0]}"}
    )
    assert answer.headers["Location"] == f"{here}#down-{two[0]}"
    assert f'id="down-{two[0]}"' in member.get(here).content.decode()
