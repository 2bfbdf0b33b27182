# SPDX-License-Identifier: EUPL-1.2
"""Every page of the city's own answers once, with a title and without a fault."""

from __future__ import annotations

import importlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern

from casework.disclosure import services as disclosure
from casework.disclosure.services import request_disclosure
from casework.feedback.models import Notice
from casework.feedback.selectors import news_of
from casework.process.services import attach_file
from casework.register.models import EarlierDecision, RecordFile
from casework.register.services import (
    publish_files,
    publish_record,
)
from city.content.models import TextPage
from tests import small_city
from tests.small_city import SmallCity
from ui.calendar import feed_address
from ui.public_diary import public_cases

ROOMS = (
    "account",
    "content",
    "disclosure",
    "feedback",
    "initiatives",
    "meetings",
    "register",
    "search",
)


def _addresses(city: SmallCity) -> dict[str, tuple[str, str]]:
    """Every named page with an address in the small city, and who opens it."""
    made = {name: initiative.pk for name, initiative in city.initiatives.items()}
    earlier = EarlierDecision.objects.create(external_id="x", title="Motion om skolmat")
    attachment = attach_file(
        initiative=city.initiatives["draft"],
        file=SimpleUploadedFile("skiss.pdf", b"%PDF-1.7\n%%EOF"),
        actor=city.people["larare"],
    )
    shown = _shown_file(city)
    return {
        **ACCOUNT,
        "calendar_feed": (feed_address(city.people["slk"]), ""),
        "after_login": ("/efter-inloggning/", "larare"),
        "process_picture": ("/processen.svg", ""),
        "accessibility": ("/tillganglighet/", ""),
        "news": ("/besked/", "larare"),
        "news_open": (f"/besked/{_told(city).pk}/", "larare"),
        "originator_home": ("/initiativ/", "larare"),
        "originator_start": ("/initiativ/nytt/", "larare"),
        "originator_initiative": (f"/initiativ/{made['decided']}/", "larare"),
        "originator_step": (f"/initiativ/{made['draft']}/steg-2/", "larare"),
        "originator_autosave": (f"/initiativ/{made['draft']}/steg-1/spara/", "larare"),
        "originator_check": (f"/initiativ/{made['draft']}/kontrollera/", "larare"),
        "originator_similar": (f"/initiativ/{made['draft']}/liknande/", "larare"),
        "originator_copy": (f"/initiativ/{made['draft']}/kopiera/", "larare"),
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
        "public_post": ("/diarium/postlista/", ""),
        "public_case": (f"/arende/{public_cases().earliest('pk').slug}/", ""),
        "earlier_decision": (f"/tidigare-beslut/{earlier.pk}/", ""),
        "notice_board": ("/anslagstavla/", ""),
        "order_record": ("/bestall/", ""),
        "find_receipt": ("/bestall/kvitto/", ""),
        "order_receipt": (
            f"/bestall/kvitto/{request_disclosure(number='', text='Allt').code}/",
            "",
        ),
        "order_file": (_handed_file(city), ""),
        "public_file": (f"/handling/{shown.pk}/", ""),
        "public_search": ("/sok/", ""),
    }


def _told(city: SmallCity) -> Notice:
    """Something that the originator was told."""
    return news_of(city.people["larare"])[0]


def _handed_file(city: SmallCity) -> str:
    """A file that an order was answered with."""
    clerk = city.people["registrator"]
    record = small_city.letter_record(city, "Plan")
    order = disclosure.request_disclosure(number="", text="Planen")
    (item,) = disclosure.list_records(request=order, records=[record], actor=clerk)
    disclosure.review_item(item=item, outcome="granted", own=record.files.all(), actor=clerk)
    disclosure.answer_disclosure(request=order, actor=clerk)
    return f"/bestall/kvitto/{order.code}/fil/{item.files.get().pk}/"


def _shown_file(city: SmallCity) -> RecordFile:
    """A file that everybody may read."""
    record = small_city.letter_record(city, "Karta")
    publish_record(record=record, actor=city.people["registrator"])
    publish_files(record=record, files=record.files.all(), actor=city.people["registrator"])
    return record.files.get()


#: The account's pages; those that need a factor or a fresh proof lead on to it.
ACCOUNT = {
    "account_login": ("/logga-in/", ""),
    "account_logout": ("/logga-ut/", "larare"),
    "account_inactive": ("/logga-in/avstangt/", ""),
    "account_reauthenticate": ("/logga-in/bekrafta/", "larare"),
    "account_change_password": ("/konto/losenord/", "larare"),
    "new_password": ("/nytt-losenord/", "larare"),
    "mfa_index": ("/konto/", "larare"),
    "mfa_authenticate": ("/logga-in/kod/", ""),
    "mfa_login_webauthn": ("/logga-in/nyckel/", ""),
    "mfa_reauthenticate": ("/logga-in/bekrafta/kod/", "larare"),
    "mfa_reauthenticate_webauthn": ("/logga-in/bekrafta/nyckel/", "larare"),
    "mfa_activate_totp": ("/konto/app/", "larare"),
    "mfa_deactivate_totp": ("/konto/app/ta-bort/", "larare"),
    "mfa_view_recovery_codes": ("/konto/koder/", "larare"),
    "mfa_generate_recovery_codes": ("/konto/koder/nya/", "larare"),
    "mfa_download_recovery_codes": ("/konto/koder/fil/", "larare"),
    "mfa_list_webauthn": ("/konto/nycklar/", "larare"),
    "mfa_add_webauthn": ("/konto/nycklar/ny/", "larare"),
    "mfa_edit_webauthn": ("/konto/nycklar/1/", "larare"),
    "mfa_remove_webauthn": ("/konto/nycklar/1/ta-bort/", "larare"),
    "openid_connect_login": ("/logga-in/staden/staden/", ""),
    "openid_connect_callback": ("/logga-in/staden/staden/svar/", ""),
    "socialaccount_login_error": ("/logga-in/staden-avbrutet/", ""),
    "socialaccount_login_cancelled": ("/logga-in/staden-avbruten/", ""),
}
BY_POST = {
    "originator_copy": 302,
    "account_logout": 302,
    "originator_autosave": 200,
    "originator_attach": 302,
    "originator_detach": 302,
}
NOT_PLAIN = {
    "news_open": 302,
    "after_login": 302,
    "new_password": 302,
    **dict.fromkeys(
        [
            "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_generate_recovery_codes",
            "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
            "socialaccount_login_error", "socialaccount_login_cancelled",
        ],
        302,
    ),
    **dict.fromkeys(
        [
            "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
            "openid_connect_login", "openid_connect_callback",
        ],
        404,
    ),
}  # fmt: skip


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
        assert response.status_code == NOT_PLAIN.get(name, 200), address
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
