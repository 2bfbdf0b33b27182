# SPDX-License-Identifier: EUPL-1.2
"""What the group asked, and what was answered, is where they are read (R32, issue 6)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.process.models import Candidacy, Process
from casework.process.services import complete, defer
from desk.prioritisation.views.matter import earlier_words
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def _read(city: SmallCity, who: str, address: str) -> str:
    client = Client()
    client.force_login(city.people[who])
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_6_the_contact_person_is_asked_for_the_answer(city: SmallCity) -> None:
    waiting = city.initiatives["completion"]
    page = _read(city, "kontakt", reverse("desk_decide", args=[waiting.pk, "complete"]))
    assert "Svar på gruppens frågor" in page
    client = Client()
    client.force_login(city.people["kontakt"])
    answer = client.post(reverse("desk_decide", args=[waiting.pk, "complete"]), {"reason": ""})
    assert "Skriv svaret." in answer.content.decode()


def test_6_the_room_shows_the_groups_questions_and_the_answer(city: SmallCity) -> None:
    waiting = city.initiatives["completion"]
    asked = small.candidacy_of(waiting)
    complete(initiative=waiting, actor=city.people["kontakt"], reason="200 tkr om året.")
    page = _read(city, "ordforande", f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/")
    questions = Candidacy.objects.get(pk=asked).questions
    assert page.index("Gruppen frågade") < page.index(questions.split("\n")[0])
    assert page.index("Kontaktpersonen svarade") < page.index("200 tkr om året.")


def test_6_the_room_shows_why_it_was_put_off(city: SmallCity) -> None:
    waiting = city.initiatives["completion"]
    complete(initiative=waiting, actor=city.people["kontakt"], reason="200 tkr om året.")
    defer(
        initiative=waiting,
        actor=city.people["ordforande"],
        reason="Inte i år.",
        act=city.act("grupp-pedagogiska"),
    )
    asked = Process.objects.get(initiative=waiting)
    assert earlier_words(asked)[-1][1] == "Inte i år."
    assert earlier_words(asked)[-1][0].startswith("Initiativet sköts upp")


def test_6_the_originator_reads_since_when_it_is_where_it_is(city: SmallCity) -> None:
    waiting = city.initiatives["completion"]
    entered = timezone.now() - dt.timedelta(days=40)
    Process.objects.filter(initiative=waiting).update(entered_at=entered)
    page = _read(city, "larare", reverse("originator_home"))
    own = page[page.index(waiting.title) :]
    assert f"i det här läget sedan {timezone.localdate()}" in own[:600]
