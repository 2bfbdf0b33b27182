# SPDX-License-Identifier: EUPL-1.2
"""Att göra and the pages of decisions: what waits as whom, and about what one decides."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.disclosure.services import request_disclosure
from casework.organisation.enums import Role
from casework.organisation.services import appoint
from desk.process.wagtail_hooks import todo_item
from tests.small_city import LONG_AGO, SmallCity, with_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(city: SmallCity) -> Client:
    """The browser of the group's chair, who sits in the council too."""
    appoint(
        user=city.people["ordforande"], role=Role.COUNCIL_MEMBER,
        scope=city.bodies["utvecklingsradet"], actor=None, valid_from=LONG_AGO,
    )  # fmt: skip
    client = Client()
    client.force_login(city.people["ordforande"])
    return client


def test_what_waits_stands_under_the_mandate_for_which_it_waits(
    chair: Client, desk: Client, city: SmallCity
) -> None:
    """Use, annoying 7: eighteen rows of three mandates stood in one list."""
    reopened = with_group(city, "Lekplatskarta")
    page = chair.get("/admin/").content.decode()
    assert str(reopened) in page
    assert "<h3>" not in page  # one mandate needs no heading
    assert "Senast registrerat" not in page
    assert "Senast registrerat" in desk.get("/admin/").content.decode()


def test_two_mandates_stand_apart(city: SmallCity) -> None:
    client = Client()
    client.force_login(city.people["handlaggare"])
    appoint(
        user=city.people["handlaggare"], role=Role.LIAISON, scope=city.administrations[0],
        actor=None, valid_from=LONG_AGO,
    )  # fmt: skip
    page = client.get("/admin/").content.decode()
    assert "<h3>Handläggaren (" in page
    assert "<h3>Kontaktpersonen (" in page


def test_counts_lead_to_what_they_count(city: SmallCity) -> None:
    """Use, annoying 6: "0 försenade" was no link, and a completion stood last without a day."""
    client = Client()
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        client.force_login(city.people["kontakt"])
        page = client.get("/admin/").content.decode()
    assert 'href="#forsta-sena"' in page
    assert page.count('id="forsta-sena"') == 1
    row = page[page.index('id="forsta-sena"') :]
    assert "E-legitimation för vårdnadshavare" in row[: row.index("</tr>")]


def test_the_way_home_stands_in_the_menu_by_its_name() -> None:
    """Use, annoying 2."""
    item = todo_item()
    assert str(item.label) == "Att göra"
    assert item.url.startswith(reverse("wagtailadmin_home"))


def test_a_decision_shows_what_is_decided_about(desk: Client, city: SmallCity) -> None:
    """Use, annoying 8 and polish: the answers beside the form, the number in the tab's title."""
    initiative = city.initiatives["registered"]
    page = desk.get(reverse("desk_decide", args=[initiative.pk, "accept_scope"])).content.decode()
    assert "Det du beslutar om" in page
    assert "Vilket behov finns?" in page
    case = city.case("registered")
    title = page[page.index("<title>") : page.index("</title>")]
    assert case.dnr in title
    own = desk.get(reverse("desk_case", args=[case.pk])).content.decode()
    title = own[own.index("<title>") : own.index("</title>")]
    assert f"{case.dnr} {initiative}" in title
    assert "Arbetsytan" in title


def test_the_one_who_has_it_is_named(desk: Client, city: SmallCity) -> None:
    """Use, annoying 9: "Handläggaren på stadsledningskontoret" though the person is known."""
    case = city.case("registered")
    post = {"officer": city.people["handlaggare"].pk}
    desk.post(reverse("desk_caretake", args=[case.pk, "handlaggare"]), post)
    page = desk.get(reverse("desk_case", args=[case.pk])).content.decode()
    assert "Handlaggare Ek, handläggare på stadsledningskontoret" in page


def test_9_an_order_of_records_that_is_late_is_told_first_of_all(city: SmallCity) -> None:
    """An order is answered at once; the list of orders alone told which are late."""
    long_ago = timezone.now() - dt.timedelta(days=20)
    request_disclosure(number="", text="Kartan", came_at=long_ago)
    request_disclosure(number="", text="Planen")
    client = Client()
    client.force_login(city.people["registrator"])
    page = " ".join(client.get("/admin/").content.decode().split())
    assert "<strong>2</strong>" in page
    assert "begäranden om utlämnande</a> (varav 1 försenad)" in page
    assert "(försenat)" in client.get(reverse("desk_inbox")).content.decode()
