# SPDX-License-Identifier: EUPL-1.2
"""Signing in: one form, throttled, with a second factor for those who decide or administer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from casework.journal.models import JournalEntry
from city.account.adapters import CityLoginAdapter
from tests.small_city import PASSWORD, SmallCity


@pytest.fixture(autouse=True)
def _no_earlier_attempts(db: None) -> Iterator[None]:
    """Nothing counted, and a clock that does not pass from one code to the next meanwhile."""
    cache.clear()
    with time_machine.travel(timezone.now(), tick=False):
        yield


def sign_in(client: Client, name: str, password: str = PASSWORD, **extra: str) -> Any:
    return client.post("/logga-in/", {"login": name, "password": password, **extra})


def activate_app(client: Client) -> str:
    """Set up the app as a person would, the password once more; the secret, to make codes of."""
    assert client.get("/konto/app/")["Location"].startswith("/logga-in/bekrafta/")
    client.post("/logga-in/bekrafta/", {"password": PASSWORD})
    page = client.get("/konto/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found, page
    secret = found[1]
    answer = client.post("/konto/app/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def code_of(secret: str) -> str:
    now = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, now))


def test_the_right_password_opens_and_leads_to_ones_place(client: Client, city: SmallCity) -> None:
    assert sign_in(client, "registrator")["Location"] == "/efter-inloggning/"
    assert client.get("/efter-inloggning/")["Location"] == "/admin/"


def test_h8_the_sixth_wrong_password_shuts_the_account_for_a_while(
    client: Client, city: SmallCity
) -> None:
    for _ in range(5):
        assert (
            "Fel användarnamn eller lösenord" in sign_in(client, "larare", "fel").content.decode()
        )
    shut = sign_in(client, "larare")
    assert "Vänta fem minuter" in shut.content.decode()
    assert not client.session.get("_auth_user_id")
    assert sign_in(client, "registrator").status_code == 302, "a colleague is let in"


def test_h8_the_attempts_are_counted_where_every_process_sees_them(
    client: Client, city: SmallCity
) -> None:
    sign_in(client, "larare", "fel")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache WHERE cache_key LIKE '%%allauth%%'")
        assert cursor.fetchone()[0] >= 2


def test_h8_there_is_one_form(client: Client, city: SmallCity) -> None:
    answer = client.get("/admin/login/?next=/admin/arenden/")
    assert answer["Location"] == "/logga-in/?next=%2Fadmin%2Farenden%2F"
    assert client.post("/admin/login/", {"username": "admin", "password": PASSWORD})[
        "Location"
    ].startswith("/logga-in/")
    assert not client.session.get("_auth_user_id")


def test_a_link_does_not_log_out(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["registrator"])
    assert "Logga ut" in client.get("/admin/logout/").content.decode()
    assert client.session.get("_auth_user_id")
    client.post("/admin/logout/")
    assert not client.session.get("_auth_user_id")


def test_nobody_makes_an_account(client: Client) -> None:
    for address in ("/accounts/signup/", "/konto/ny/", "/signup/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["admin", "ordforande", "ledamot", "radet"])
def test_h8_those_who_decide_or_administer_need_a_second_factor(
    client: Client, city: SmallCity, settings: Any, name: str
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, name)
    assert client.get("/admin/")["Location"] == "/konto/"
    assert "behöver mer än ett lösenord" in client.get("/konto/").content.decode()
    activate_app(client)
    assert client.get("/admin/").status_code == 200


def test_others_work_with_their_password(client: Client, city: SmallCity, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, "registrator")
    assert client.get("/admin/").status_code == 200


def test_h8_the_next_time_the_code_is_asked_and_a_used_one_is_refused(
    client: Client, city: SmallCity, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, "ordforande")
    secret = activate_app(client)
    client.post("/logga-ut/")
    assert sign_in(client, "ordforande")["Location"].startswith("/logga-in/kod/")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/logga-in/")
    answer = client.post("/logga-in/kod/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    assert client.get("/admin/").status_code == 200
    client.post("/logga-ut/")
    sign_in(client, "ordforande")
    again = client.post("/logga-in/kod/", {"code": code_of(secret)})
    assert "Koden stämmer inte" in again.content.decode()


def test_a_reserve_code_opens_once(client: Client, city: SmallCity) -> None:
    sign_in(client, "ordforande")
    activate_app(client)
    codes = re.findall(r"<code>(\d+)</code>", client.get("/konto/koder/").content.decode())
    assert len(codes) == 10
    for wanted in (302, 200):
        client.post("/logga-ut/")
        sign_in(client, "ordforande")
        assert client.post("/logga-in/kod/", {"code": codes[0]}).status_code == wanted


def test_the_secret_is_not_readable_in_the_database(client: Client, city: SmallCity) -> None:
    sign_in(client, "ordforande")
    secret = activate_app(client)
    rows = Authenticator.objects.filter(user=city.people["ordforande"])
    assert {row.type for row in rows} == {"totp", "recovery_codes"}
    assert secret not in "".join(str(row.data) for row in rows)


def test_m3_the_journal_tells_of_factors_and_passwords(client: Client, city: SmallCity) -> None:
    sign_in(client, "ordforande")
    activate_app(client)
    assert "Byt lösenord" in client.get("/konto/losenord/").content.decode()
    new = "en ny mening som ingen gissar"
    answer = client.post(
        "/konto/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["Location"] == "/konto/"
    client.post("/konto/app/ta-bort/")
    told = list(JournalEntry.objects.order_by("pk").values_list("action", flat=True))[-3:]
    assert told == [
        "organisation.second_factor_added",
        "organisation.password_changed",
        "organisation.second_factor_removed",
    ]


def test_every_page_of_the_account_answers(client: Client, city: SmallCity) -> None:
    assert client.get("/konto/")["Location"].startswith("/logga-in/")
    sign_in(client, "ordforande")
    activate_app(client)
    for address in (
        "/konto/", "/konto/losenord/", "/konto/app/ta-bort/", "/konto/koder/", "/konto/koder/nya/",
        "/konto/nycklar/", "/konto/nycklar/ny/", "/logga-in/bekrafta/", "/logga-in/bekrafta/kod/",
    ):  # fmt: skip
        page = client.get(address)
        assert page.status_code == 200, address
        assert "<h1>" in page.content.decode(), address
        assert "Please" not in page.content.decode(), address


def _from_the_directory(name: str) -> Any:
    account = SimpleNamespace(extra_data={"userinfo": {"preferred_username": name}})
    found: list[Any] = []
    return SimpleNamespace(
        is_existing=False, account=account, found=found,
        connect=lambda request, user: found.append(user),
    )  # fmt: skip


def test_the_citys_directory_leads_to_an_account_that_exists(
    rf: RequestFactory, city: SmallCity
) -> None:
    login = _from_the_directory("registrator")
    CityLoginAdapter().pre_social_login(rf.get("/"), login)
    assert login.found == [city.people["registrator"]]


def test_the_citys_directory_makes_no_account(rf: RequestFactory, city: SmallCity) -> None:
    request = rf.get("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    for name in ("okand", ""):
        with pytest.raises(ImmediateHttpResponse):
            CityLoginAdapter().pre_social_login(request, _from_the_directory(name))
    assert not CityLoginAdapter().is_open_for_signup(request, _from_the_directory("okand"))
