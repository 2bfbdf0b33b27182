# SPDX-License-Identifier: EUPL-1.2
"""Rooms tell the kit what they show and where; nobody takes another's place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser

from casework.organisation.models import User
from casework.register.models import Case, EarlierDecision, PublicCase
from ui import links, panels
from ui.panels import Panel, panels_of, register_panel


@pytest.fixture
def own_kind() -> Iterator[str]:
    """A kind of page that only the test knows."""
    yield "test"
    panels._PANELS.pop("test", None)


def _panel(key: str, order: int, shown: bool = True) -> Panel:
    return Panel(key, key, order, lambda user, obj: shown, "x.html", lambda user, obj: {})


def test_panels_stand_in_order_and_only_for_those_who_see_them(own_kind: str) -> None:
    for panel in (_panel("last", 30), _panel("hidden", 20, shown=False), _panel("first", 10)):
        register_panel(own_kind, panel)
    assert [panel.key for panel in panels_of(own_kind, User(), None)] == ["first", "last"]


def test_a_key_is_given_once(own_kind: str) -> None:
    register_panel(own_kind, _panel("one", 1))
    with pytest.raises(ValueError, match="one"):
        register_panel(own_kind, _panel("one", 2))


def test_every_panel_of_the_case_page_has_its_template() -> None:
    from django.template.loader import get_template

    registered = panels._PANELS["case"].values()
    assert len(registered) > 8
    for panel in registered:
        assert get_template(panel.template)


def test_a_thing_is_asked_for_its_address() -> None:
    assert links.url_for(Case(pk=7), "desk") == "/admin/arende/7/"
    assert links.url_for(PublicCase(slug="ks-2026-7"), "public") == "/arende/ks-2026-7/"
    assert links.url_for(EarlierDecision(pk=3), "public") == "/tidigare-beslut/3/"


def test_what_has_no_page_says_so() -> None:
    assert links.find_url(AnonymousUser(), "desk") is None
    with pytest.raises(links.NoAddress):
        links.url_for(Case(pk=7), "a face that nobody has")


def test_an_address_is_given_once() -> None:
    with pytest.raises(ValueError, match="already"):
        links.link(Case, "desk")(lambda case: "")
