# SPDX-License-Identifier: EUPL-1.2
"""What is sent from a page that was opened before somebody else changed the case (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.organisation.enums import Role
from casework.organisation.services import appoint
from casework.register.models import Case, Record
from casework.register.services import assign_officer, close_case, void_case
from tests.casework.letters import letter
from tests.desk.told import told
from tests.small_city import SmallCity, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city: SmallCity) -> Case:
    """A letter that the officer has."""
    actor = city.people["registrator"]
    found = letter(actor, "Fråga om en lykta")
    assign_officer(case=found, officer=city.people["handlaggare"], actor=actor)
    return found


def close(city: SmallCity, case: Case) -> None:
    """Answered, by the registrar."""
    close_case(case=case, outcome="filed", decided_on=None, actor=city.people["registrator"])


def test_9_what_was_typed_stays_when_the_case_was_closed_meanwhile(
    desk: Client, city: SmallCity, case: Case
) -> None:
    """It led to the first page, which said that one had no right, and the text was lost."""
    close(city, case)
    address = reverse("desk_caretake", args=[case.pk, "svarsdag"])
    answer = desk.post(address, {"due_on": "2031-02-03"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"{case.dnr} är avslutat." in page
    assert "2031-02-03" in page
    assert Case.objects.get(pk=case.pk).due_on is None


def test_9_a_closed_case_is_not_closed_once_more(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    close(city, case)
    sent = {"outcome": "answered", "decided_on": "i"}
    address = reverse("desk_caretake", args=[case.pk, "avsluta"])
    assert registrar.post(address, sent).status_code == 422
    assert Case.objects.get(pk=case.pk).outcome == "filed"


def test_9_a_link_to_what_cannot_be_done_any_longer_leads_to_the_case_and_says_why(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    close(city, case)
    answer = registrar.get(reverse("desk_caretake", args=[case.pk, "avsluta"]))
    assert told(answer) == f"{case.dnr} är avslutat."
    assert answer["Location"] == reverse("desk_case", args=[case.pk])
    void_case(case=case, reason="Dubblett.", actor=city.people["registrator"])
    answer = registrar.get(reverse("desk_caretake", args=[case.pk, "bevaka"]))
    assert told(answer) == f"{case.dnr} är makulerat."


def test_9_what_was_typed_stays_when_the_case_was_handed_over_meanwhile(
    desk: Client, city: SmallCity, case: Case
) -> None:
    other = person(city, "kollega")
    appoint(user=other, role=Role.OFFICER, scope=case.authority, actor=None)
    assign_officer(case=case, officer=other, actor=city.people["registrator"])
    answer = desk.post(
        reverse("desk_caretake", args=[case.pk, "lamna-over"]),
        {"user": city.people["handlaggare"].pk, "note": "Du har mött dem."},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Det här kan du inte göra med ärendet som det är nu." in page
    assert "Du har mött dem." in page
    assert Case.objects.get(pk=case.pk).officer == other


def test_9_who_never_may_is_still_refused(city: SmallCity, case: Case) -> None:
    client = Client()
    client.force_login(city.people["slk"])
    answer = client.get(reverse("desk_caretake", args=[case.pk, "makulera"]))
    assert answer["Location"] != reverse("desk_case", args=[case.pk])


def test_9_a_record_typed_for_a_case_that_was_voided_stays_typed(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    void_case(case=case, reason="Dubblett.", actor=city.people["registrator"])
    sent = {
        "title": "Ett svar", "received_date": "i", "direction": "in", "kind": "letter",
        "token": "c5e7ebc4-bb3b-4a44-be61-83f0ff04dd1a",
    }  # fmt: skip
    answer = registrar.post(reverse("desk_register_record", args=[case.pk]), sent)
    assert answer.status_code == 422
    assert "Ärendet är makulerat" in answer.content.decode()
    assert 'value="Ett svar"' in answer.content.decode()
    assert Record.objects.filter(case=case).count() == 1


def test_9_a_record_in_a_closed_case_says_that_it_is_closed(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    close(city, case)
    sent = {
        "title": "Ett brev till", "received_date": "i", "direction": "in", "kind": "letter",
        "token": "c5e7ebc4-bb3b-4a44-be61-83f0ff04dd1b",
    }  # fmt: skip
    answer = registrar.post(reverse("desk_register_record", args=[case.pk]), sent)
    assert told(answer).endswith(f"Ärendet {case.dnr} är avslutat.")
