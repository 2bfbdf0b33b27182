# SPDX-License-Identifier: EUPL-1.2
"""The journal of a case at the desk: in words, and only for those let in to the case (OSL 5:2)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.journal.events import REGISTRY
from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.events import APPOINTMENT_ENDED
from casework.organisation.models import User
from casework.organisation.services import appoint, end_body, keep
from casework.register.services import attach_file, publish, publish_files, publish_record
from desk.journal.events import as_event, as_events
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db


def _history(city: SmallCity, name: str = "registered") -> str:
    return reverse("desk_case_history", args=[city.case(name).pk])


def test_the_history_is_told_in_words(desk: Client, city: SmallCity) -> None:
    answer = desk.get(_history(city))
    assert answer.status_code == 200
    text = answer.content.decode()
    case = city.case("registered")
    entries = JournalEntry.objects.filter(subject=case.subject)
    assert entries
    for entry in entries:
        told = as_event(entry).text
        assert told != entry.action
        assert told in text
    for key in REGISTRY:
        assert f">{key}<" not in text


def test_6_the_stages_of_a_round_are_told_in_words(desk: Client, city: SmallCity) -> None:
    address = reverse("desk_case", args=[city.case("completion").pk])
    page = desk.get(address).content.decode()
    assert "<ins>Kompletteras</ins>" in page
    assert "with_group" not in page


def test_quiet_events_stand_only_in_the_whole_history(desk: Client, city: SmallCity) -> None:
    quiet = "Svaren bevarades som de stod"
    assert quiet in desk.get(_history(city)).content.decode()
    page = desk.get(reverse("desk_case", args=[city.case("registered").pk])).content.decode()
    assert quiet not in page


def test_publicity_alone_opens_no_history(city: SmallCity) -> None:
    """Somebody at the desk who holds only the public token sees a published case, not its past."""
    assert city.letter is not None
    assert city.letter.is_published
    outsider = User.objects.get(pk=city.people["ordforande"].pk)
    client = Client()
    client.force_login(outsider)
    page = client.get(reverse("desk_case", args=[city.letter.pk]))
    assert page.status_code == 200
    assert "Karin Ask" not in page.content.decode()
    assert "Ärendet registrerades" not in page.content.decode()
    assert client.get(reverse("desk_case_history", args=[city.letter.pk])).status_code == 404


def test_a_secret_case_has_no_history_for_others(city: SmallCity, desk: Client) -> None:
    assert city.secret is not None
    address = reverse("desk_case_history", args=[city.secret.pk])
    client = Client()
    client.force_login(city.people["ordforande"])
    assert client.get(address).status_code == 404


def test_6_a_body_that_takes_anothers_place_is_told_by_name(city: SmallCity) -> None:
    """The page of events fell where a row was noted by its name and not by its key."""
    body, before = city.bodies["e-tjansteutskottet"], city.bodies["utvecklingsradet"]
    keep(thing=body, values={"predecessor": before}, actor=None)
    client = Client()
    auditor = User.objects.create_user("revisor")
    appoint(user=auditor, role=Role.READER, scope=body.authority, actor=None)
    client.force_login(auditor)
    answer = client.get(reverse("desk_office_history"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f"<ins>{before}</ins>" in page
    assert "Ersätter" in page[page.index('class="changes"') :][:300]


def test_6_who_loses_an_appointment_with_the_body_is_named(city: SmallCity) -> None:
    body = city.bodies["grupp-pedagogiska"]
    end_body(body=body, on=timezone.localdate(), actor=None)
    told = [as_event(row).text for row in JournalEntry.objects.filter(action=APPOINTMENT_ENDED.key)]
    assert f"Uppdraget för {city.people['ordforande']} som" in " ".join(told)


def test_9_which_files_everybody_reads_is_told_by_their_names(
    registrar: Client, city: SmallCity
) -> None:
    """The page of a case said that the files were "541"."""
    actor = city.people["registrator"]
    record = letter_record(city, "Karta")
    publish_record(record=record, actor=actor, published=True)
    files = list(record.files.all())
    publish_files(record=record, files=files, actor=actor)
    address = reverse("desk_case_history", args=[record.case_id])
    history = registrar.get(address).content.decode()
    changes = as_events(actor, list(JournalEntry.objects.order_by("-pk")[:1]))[0].changes
    assert [(change.old, change.new) for change in changes] == [("", files[0].original_name)]
    assert files[0].original_name in history
    outsider = city.people["larare"]
    unseen = as_events(outsider, list(JournalEntry.objects.order_by("-pk")[:1]))[0].changes
    assert list(unseen) == []


def test_9_the_cases_page_says_which_file_came_to_which_record(
    registrar: Client, city: SmallCity
) -> None:
    """It named neither the record of a new file, nor the files that everybody may read now."""
    record, actor = letter_record(city, "Plan"), city.people["registrator"]
    attach_file(
        record=record, file=SimpleUploadedFile("bilaga.txt", b"Mer om planen."), actor=actor
    )
    publish(case=record.case, actor=actor)
    publish_record(record=record, actor=actor)
    publish_files(record=record, files=record.files.all(), actor=actor)
    page = registrar.get(reverse("desk_case", args=[record.case_id])).content.decode()
    assert f"Filen bilaga.txt lades till i handlingen {record.dnr}" in page
    names = ", ".join(record.files.order_by("pk").values_list("original_name", flat=True))
    assert f"Filer i handlingen {record.dnr} kan läsas i webbdiariet: {names}" in page
