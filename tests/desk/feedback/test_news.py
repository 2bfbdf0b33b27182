# SPDX-License-Identifier: EUPL-1.2
"""Besked: what is new, where it leads, and how one wants to be told (R39, R64)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.feedback.models import Channel, Notice
from casework.feedback.selectors import channel_of, news_of, unread
from casework.initiatives.enums import ScopeReason
from casework.process import services
from casework.register.services import mark_secret
from tests import small_city as small
from tests.small_city import SmallCity


def _page(city: SmallCity, who: str, name: str, *args: object) -> str:
    client = Client()
    client.force_login(city.people[who])
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_desk_says_how_much_is_new_and_leads_there(city: SmallCity) -> None:
    initiative = small.with_group(city, "Öppna lekplatser")
    chair = city.people["ordforande"]
    notice = news_of(chair)[0]
    assert f"Besked ({unread(chair)} nya)" in _page(city, "ordforande", "wagtailadmin_home")
    page = _page(city, "ordforande", "desk_news")
    assert "Öppna lekplatser" in page
    assert notice.subject in page
    assert notice.next_step in page
    client = Client()
    client.force_login(chair)
    answer = client.get(reverse("news_open", args=[notice.pk]))
    assert answer["Location"] == reverse("desk_case", args=[initiative.case_id])
    assert client.get(answer["Location"]).status_code == 200
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_notice_is_gone_when_the_case_became_secret(city: SmallCity) -> None:
    initiative = small.with_group(city, "Skyddade boenden")
    assert initiative.case is not None
    assert "Skyddade boenden" in _page(city, "ledamot", "desk_news")
    mark_secret(case=initiative.case, provision="OSL 26 kap. 1 §", actor=city.people["registrator"])
    page = _page(city, "ledamot", "desk_news")
    assert "Skyddade boenden" not in page
    assert initiative.case.dnr not in page


def test_the_originators_home_says_how_much_is_new(city: SmallCity) -> None:
    count = unread(city.people["larare"])
    assert f"{count} nya besked till dig" in _page(city, "larare", "originator_home")
    client = Client()
    client.force_login(city.people["larare"])
    client.post(reverse("news"), {"las": "alla"})
    assert unread(city.people["larare"]) == 0


@pytest.mark.parametrize("name", ["news", "desk_news"])
def test_a_person_chooses_on_the_page(city: SmallCity, name: str) -> None:
    client = Client()
    client.force_login(city.people["kontakt"])
    client.post(reverse(name), {"besked": "system"})
    assert channel_of(city.people["kontakt"]) == Channel.SYSTEM
    client.post(reverse(name), {"besked": "brevduva"})
    assert channel_of(city.people["kontakt"]) == Channel.SYSTEM


def test_nobody_opens_what_somebody_else_was_told(city: SmallCity) -> None:
    theirs = Notice.objects.filter(user=city.people["larare"]).first()
    assert theirs is not None
    client = Client()
    client.force_login(city.people["kontakt"])
    assert client.get(reverse("news_open", args=[theirs.pk])).status_code == 404


def test_the_originator_reads_when_a_rejected_one_can_come_back(city: SmallCity) -> None:
    page = _page(city, "larare", "originator_initiative", city.initiatives["rejected"].pk)
    assert "När det kan komma tillbaka" in page
    assert "Idén kan prövas igen" in page


def test_the_originator_reads_when_a_deferred_one_is_taken_up(city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    services.accept_scope(
        initiative=initiative, actor=city.people["handlaggare"], ground=ScopeReason.CROSS
    )
    services.postpone(
        initiative=initiative, actor=city.people["handlaggare"], reason="Upphandlingen är inte klar"
    )
    page = _page(city, "larare", "originator_initiative", initiative.pk)
    assert "Det tas upp igen" in page
    assert "Upphandlingen är inte klar" in page


def test_the_originator_reads_the_place(city: SmallCity) -> None:
    page = _page(city, "larare", "originator_initiative", city.initiatives["decided"].pk)
    assert "Plats 1 på områdets lista" in page
