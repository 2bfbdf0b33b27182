# SPDX-License-Identifier: EUPL-1.2
"""Any label can be worded otherwise, and nothing that the public meets behaves otherwise."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.initiatives.models import Initiative
from casework.preset.founding import load_founding_case
from casework.process.transitions import ways
from casework.register.enums import Outcome
from casework.register.services import publish, unpublish
from tests.city.rewording import labels, reword, skeleton
from tests.small_city import SmallCity
from ui.public_diary import public_cases

FIXED = (
    "/",
    "/diarium/",
    "/diarium/?typ=initiative",
    "/pedagogiska/",
    "/om-modellen/",
    "/bestall/",
)


@pytest.fixture
def addresses(city: SmallCity) -> list[str]:
    """Every public page that tells of cases, the historic one too."""
    load_founding_case(actor=city.people["registrator"])
    return [*FIXED, *(f"/arende/{row.slug}/" for row in public_cases())]


@pytest.fixture
def pages(client: Client, addresses: list[str]) -> dict[str, str]:
    """The pages as they read today."""
    return {address: client.get(address).content.decode() for address in addresses}


def test_there_is_much_to_reword() -> None:
    assert len(labels()) > 150


@pytest.mark.parametrize("seed", range(3))
def test_other_words_change_nothing_but_what_is_read(
    client: Client, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    reword(monkeypatch, seed)
    told = {str(way.spec.told) for way in ways().values()} | {
        str(label) for _code, label in Outcome.choices
    }
    shown = ""
    for address, before in pages.items():
        after = client.get(address).content.decode()
        assert skeleton(after) == skeleton(before), address
        shown += after
    assert any(words in shown for words in told), "the new words are the ones that are shown"


def test_what_is_stored_are_codes(
    client: Client, city: SmallCity, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hidden and published again while every label reads otherwise, it tells the same after."""
    registrar = city.people["registrator"]
    with monkeypatch.context() as other_words:
        reword(other_words, 7)
        for row in list(public_cases()):
            unpublish(case=row.case, actor=registrar)
            publish(case=row.case, actor=registrar)
    for address, before in pages.items():
        if "csrf" not in before:
            assert client.get(address).content.decode() == before, address


@pytest.mark.parametrize("seed", [11])
def test_an_originators_page_follows_too(
    client: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    client.force_login(city.people["larare"])
    own = [row.pk for row in Initiative.objects.filter(originator=city.people["larare"])]
    addresses = ["/initiativ/", *(f"/initiativ/{pk}/" for pk in own)]
    before = {address: skeleton(client.get(address).content.decode()) for address in addresses}
    reword(monkeypatch, seed)
    for address in addresses:
        assert skeleton(client.get(address).content.decode()) == before[address], address
