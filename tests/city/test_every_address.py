# SPDX-License-Identifier: EUPL-1.2
"""Every page of the city's own answers once, with a title and without a fault."""

from __future__ import annotations

import importlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern

from casework.process.services import attach_file
from casework.register.models import EarlierDecision
from city.content.models import TextPage
from tests.small_city import SmallCity
from ui.public_diary import public_cases

ROOMS = ("account", "content", "feedback", "initiatives", "register", "search")


def _addresses(city: SmallCity) -> dict[str, tuple[str, str]]:
    """Every named page with an address in the small city, and who opens it."""
    made = {name: initiative.pk for name, initiative in city.initiatives.items()}
    earlier = EarlierDecision.objects.create(external_id="x", title="Motion om skolmat")
    attachment = attach_file(
        initiative=city.initiatives["draft"],
        file=SimpleUploadedFile("skiss.pdf", b"%PDF-1.7"),
        actor=city.people["larare"],
    )
    return {
        "login": ("/logga-in/", ""),
        "logout": ("/logga-ut/", "larare"),
        "after_login": ("/efter-inloggning/", "larare"),
        "process_picture": ("/processen.svg", ""),
        "accessibility": ("/tillganglighet/", ""),
        "originator_home": ("/initiativ/", "larare"),
        "originator_start": ("/initiativ/nytt/", "larare"),
        "originator_initiative": (f"/initiativ/{made['decided']}/", "larare"),
        "originator_step": (f"/initiativ/{made['draft']}/steg-2/", "larare"),
        "originator_autosave": (f"/initiativ/{made['draft']}/steg-1/spara/", "larare"),
        "originator_check": (f"/initiativ/{made['draft']}/kontrollera/", "larare"),
        "originator_attach": (f"/initiativ/{made['draft']}/filer/", "larare"),
        "originator_attachment": (f"/initiativ/{made['draft']}/filer/{attachment.pk}/", "larare"),
        "originator_detach": (
            f"/initiativ/{made['draft']}/filer/{attachment.pk}/ta-bort/",
            "larare",
        ),
        "originator_invite": (f"/initiativ/{made['draft']}/skriv-tillsammans/", "larare"),
        "originator_discard": (f"/initiativ/{made['draft']}/slang/", "larare"),
        "new_password": ("/nytt-losenord/", "larare"),
        "originator_withdraw": (f"/initiativ/{made['registered']}/aterkalla/", "larare"),
        "public_diary": ("/diarium/", ""),
        "public_case": (f"/arende/{public_cases().earliest('pk').slug}/", ""),
        "earlier_decision": (f"/tidigare-beslut/{earlier.pk}/", ""),
        "order_record": ("/bestall/", ""),
        "order_sent": ("/bestall/tack/", ""),
        "public_search": ("/sok/", ""),
    }


BY_POST = {
    "logout": 302,
    "originator_autosave": 200,
    "originator_attach": 302,
    "originator_detach": 302,
}
LEADS_ON = {"after_login": 302}


def test_every_address_of_the_city_answers(client: Client, city: SmallCity) -> None:
    addresses = _addresses(city)
    patterns = [
        pattern
        for room in ROOMS
        for pattern in importlib.import_module(f"city.{room}.urls").urlpatterns
    ]
    names = {pattern.name for pattern in patterns if isinstance(pattern, URLPattern)}
    assert names == set(addresses), "a new page has its line here"
    for name, (address, user) in addresses.items():
        client.logout()
        if user:
            client.force_login(city.people[user])
        if name in BY_POST:
            assert client.post(address, {}).status_code == BY_POST[name], address
            continue
        response = client.get(address)
        assert response.status_code == LEADS_ON.get(name, 200), address
        if "html" in response["Content-Type"] and response.status_code == 200:
            assert "<title>" in response.content.decode(), address


@pytest.mark.parametrize("slug", ["", "pedagogiska", "sociala", "infrastruktur", "om-modellen"])
def test_the_editors_pages_answer(client: Client, city: SmallCity, slug: str) -> None:
    assert client.get(f"/{slug}/" if slug else "/").status_code == 200


def test_the_text_pages_answer(client: Client, city: SmallCity) -> None:
    found = TextPage.objects.live()
    assert found.count() >= 2
    for page in found:
        assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("name", ["draft", "returned", "registered", "rejected", "completion"])
def test_an_initiative_in_every_stage_answers(client: Client, city: SmallCity, name: str) -> None:
    client.force_login(city.people["larare"])
    assert client.get(f"/initiativ/{city.initiatives[name].pk}/").status_code == 200
