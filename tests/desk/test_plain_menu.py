# SPDX-License-Identifier: EUPL-1.2
"""The desk's menu where no script draws the sidebar."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """The addresses of a menu, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Each link's address."""
        if tag == "a":
            self.found.append(dict(attrs)["href"] or "")


def plain(page: str) -> list[str]:
    """What is linked to without scripts, before one's own account."""
    menu = re.search(r"<noscript><nav class=\"desk-menu\".*?</noscript>", page, re.DOTALL)
    assert menu is not None
    assert page.index("desk-menu") < page.index('id="wagtail-sidebar"')
    links = Links()
    links.feed(menu[0])
    assert links.found[-1] == reverse("wagtailadmin_account")
    assert f'action="{reverse("wagtailadmin_logout")}"' in menu[0]
    return links.found[:-1]


def drawn(page: str) -> list[str]:
    """What the script's sidebar links to."""
    props = re.search(r'id="wagtail-sidebar-props" type="application/json">(.*?)</script>', page)
    assert props is not None
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if value.get("_type") == "wagtail.sidebar.MainMenuModule":
                found.extend(_urls(value["_args"][0]))
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(json.loads(unescape(props[1])))
    return found


def _urls(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["url"]] if "url" in value else []
        return own + [url for each in value.values() for url in _urls(each)]
    return [url for each in value for url in _urls(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("who", ["registrator", "ledamot", "admin"])
def test_9_without_scripts_the_menu_has_what_the_sidebar_has(city: SmallCity, who: str) -> None:
    client = Client()
    client.force_login(city.people[who])
    page = client.get("/admin/").content.decode()
    assert plain(page) == drawn(page)
    assert (reverse("desk_register") in plain(page)) is (who == "registrator")


def test_9_the_plain_menu_asks_nothing_that_the_sidebar_did_not(
    registrar: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("desk_news")

    def asked() -> int:
        registrar.get(address)
        with CaptureQueriesContext(connection) as found:
            registrar.get(address)
        return len(found)

    with_menu = asked()
    monkeypatch.setattr("ui.templatetags.sidebar.plain_items", lambda request: [])
    assert with_menu == asked()
