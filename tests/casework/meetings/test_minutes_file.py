# SPDX-License-Identifier: EUPL-1.2
"""The whole minutes are kept as one file at approval, and told to those who may read it (R70)."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import docx
import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.journal.digests import columns_of
from casework.meetings.audit import meeting_faults
from casework.meetings.enums import DissentKind
from casework.meetings.models import Meeting, MinutesFile, minutes_storage
from casework.meetings.permissions import may_read_file
from casework.meetings.rendering import extract_text, hours_of
from casework.meetings.selectors import minutes_file_of
from casework.meetings.services import (
    DissentBy,
    approve_minutes,
    close_meeting,
    note_dissent,
    record_decision,
    save_minutes,
)
from casework.register.enums import RecordKind
from casework.register.services import mark_secret
from tests import small_city as small
from tests.casework.test_verify_columns import _changed as changed
from tests.casework.test_verify_columns import _found as found
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
SECRET = "Barnets skyddade adress"


@pytest.fixture
def approved(city: SmallCity) -> Meeting:
    """A meeting that decided in one open case and in one with secrecy, approved."""
    chair, member = city.people["ordforande"], city.people["ledamot"]
    for name, title in (("karta", "Karta över\x0blekplatser"), ("hemligt", SECRET)):
        city.initiatives[name] = small.with_group(city, title)
    meeting = city.meeting("grupp-pedagogiska")
    decisions = [
        record_decision(
            cases=[city.case(name)], body=meeting.body, actor=chair, meeting=meeting,
            points=[f"{name} noteras."], reason=f"{name} är klart.",
        )[0]
        for name in ("karta", "hemligt")
    ]  # fmt: skip
    note_dissent(
        decision=decisions[0], kind=DissentKind.RESERVATION, proposal="Avslå.",
        statement="Kostnaden är okänd.", persons=[DissentBy(user=member, party="S")], actor=member,
    )  # fmt: skip
    mark_secret(case=city.case("hemligt"), provision="OSL 21:1", actor=city.people["registrator"])
    close_meeting(meeting=meeting, actor=chair)
    save_minutes(meeting=meeting, text="Nästa möte är i mars.", actor=chair)
    return approve_minutes(meeting=meeting, approved_by=member, actor=chair)


def words_of(file: MinutesFile) -> str:
    with file.file.open("rb") as stored:
        document = docx.Document(io.BytesIO(stored.read()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def file_of(meeting: Meeting) -> MinutesFile:
    file = minutes_file_of(meeting)
    assert file is not None
    return file


def test_approval_keeps_the_whole_minutes_as_one_file(city: SmallCity, approved: Meeting) -> None:
    words = words_of(file_of(approved))
    for told in (
        f"Protokoll: {approved.body}", "Ordforande Ek", city.case("karta").dnr, "karta noteras.",
        "karta är klart.", "Reservation: Ledamot Ek (S)", "Avslå.", "Kostnaden är okänd.",
        "Nästa möte är i mars.", f"Justerat {approved.approved_on}: Ordforande Ek, Ledamot Ek",
    ):  # fmt: skip
        assert told in words, told


def test_the_file_tells_of_a_case_with_secrecy_only_that_there_was_one(
    city: SmallCity, approved: Meeting
) -> None:
    file = file_of(approved)
    words = words_of(file)
    assert "Ett ärende med sekretess" in words
    for kept in (SECRET, city.case("hemligt").dnr, "hemligt noteras", "hemligt är klart"):
        assert kept not in words, kept
    assert city.case("karta").pk in file.named
    assert city.case("hemligt").pk not in file.named


def test_a_case_that_becomes_secret_takes_the_file_from_those_who_may_not_see_it(
    city: SmallCity, approved: Meeting
) -> None:
    file = file_of(approved)
    assert may_read_file(city.people["ledamot"], file)
    mark_secret(case=city.case("karta"), provision="OSL 21:1", actor=city.people["registrator"])
    assert not may_read_file(city.people["ledamot"], file)
    assert may_read_file(city.people["registrator"], file)


def test_one_act_over_several_cases_names_each_and_counts_those_with_secrecy(
    city: SmallCity,
) -> None:
    chair, meeting = city.people["ordforande"], city.meeting("grupp-pedagogiska")
    for name in ("ett", "tva", "tre"):
        city.initiatives[name] = small.with_group(city, f"Karta {name}")
    cases = [city.case(name) for name in ("ett", "tva", "tre")]
    record_decision(
        cases=cases, body=meeting.body, actor=chair, meeting=meeting, points=["Noteras."]
    )
    mark_secret(case=cases[2], provision="OSL 21:1", actor=city.people["registrator"])
    close_meeting(meeting=meeting, actor=chair)
    words = words_of(file_of(approve_minutes(meeting=meeting, actor=chair))).splitlines()
    assert f"{cases[0].dnr} Karta ett" in words
    assert f"{cases[1].dnr} Karta tva" in words
    assert "Beslutet gäller också: ett ärende med sekretess." in words
    assert not any("Karta tre" in line for line in words)


def test_8_the_file_is_on_the_paper_that_the_city_prints_on(approved: Meeting) -> None:
    with file_of(approved).file.open("rb") as stored:
        document = docx.Document(io.BytesIO(stored.read()))
    for section in document.sections:
        assert section.page_width is not None
        assert section.page_height is not None
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_there_is_no_file_before_the_approval(city: SmallCity) -> None:
    assert minutes_file_of(city.meeting("grupp-pedagogiska")) is None


def test_a_file_that_is_changed_or_gone_is_found(approved: Meeting) -> None:
    assert list(meeting_faults()) == []
    file = file_of(approved)
    for name in columns_of(MinutesFile)[1:]:
        change = changed(MinutesFile, name)
        assert found(f"UPDATE meetings_minutesfile SET {name} = {change}", meeting_faults), name
    with Path(minutes_storage().path(str(file.file))).open("ab") as stored:
        stored.write(b"x")
    assert any("filen är ändrad" in fault for fault in meeting_faults())
    minutes_storage().delete(str(file.file))
    assert any("filen saknas" in fault for fault in meeting_faults())


@pytest.mark.parametrize("change", ["delete", "rewrite"])
def test_the_database_keeps_the_file_as_it_is(approved: Meeting, change: str) -> None:
    rows = MinutesFile.objects.filter(meeting=approved)
    acts = {"delete": rows.delete, "rewrite": lambda: rows.update(sha256="0" * 64)}
    with pytest.raises(DatabaseError), transaction.atomic():
        acts[change]()


def test_8_minutes_tell_hours_that_are_some_and_attendance_that_was_none(
    city: SmallCity, client: Client
) -> None:
    """It said "13.00–13.00", and "not noted yet" in minutes that are approved."""
    chair = city.people["ordforande"]
    close_meeting(meeting=city.meeting("grupp-pedagogiska"), actor=chair)
    meeting = city.meeting("grupp-pedagogiska")
    assert meeting.opened_at is not None
    with time_machine.travel(meeting.opened_at, tick=False):
        close_meeting(meeting=meeting, actor=chair)
    meeting.refresh_from_db()
    start = f"{timezone.localtime(meeting.opened_at):%H.%M}"
    assert hours_of(meeting) == start
    meeting.attendances.update(is_present=False)
    client.force_login(chair)
    address = reverse("desk_minutes", args=[meeting.pk])
    assert "Inte antecknad än." in client.get(address).content.decode()
    approved = approve_minutes(meeting=meeting, actor=chair)
    page = client.get(address).content.decode()
    assert "Inte antecknad än." not in page
    assert "Ingen närvaro antecknades." in page
    assert f"klockan {start}</p>" in " ".join(page.split()).replace(" </p>", "</p>")
    assert "Ingen närvaro antecknades." in words_of(file_of(approved))
    assert f"klockan {start}\n" in words_of(file_of(approved)) + "\n"


def test_8_the_hours_of_a_meeting_that_was_entered_later_are_not_told(city: SmallCity) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    assert hours_of(meeting)
    meeting.day -= dt.timedelta(days=2)
    assert hours_of(meeting) == ""


def test_8_an_extract_is_a_word_file_that_says_what_its_text_says(
    approved: Meeting, city: SmallCity
) -> None:
    """It was a plain text file, which no registry sends."""
    decision = approved.decisions.get(case=city.case("karta"))
    record = city.case("karta").records.get(kind=RecordKind.MINUTES_EXTRACT)
    stored = record.files.get()
    assert stored.original_name == "protokollsutdrag.docx"
    with stored.file.open("rb") as data:
        words = "\n".join(part.text for part in docx.Document(io.BytesIO(data.read())).paragraphs)
    assert words.startswith(
        f"Protokollsutdrag {decision.paragraph}\n{decision.body.name}\n{decision.day}"
    )
    _body, _head, *lines = filter(None, extract_text(decision).replace("\x0b", "").splitlines())
    for line in lines:
        assert line in words
    assert "Kostnaden är okänd." in words
    assert SECRET not in words
