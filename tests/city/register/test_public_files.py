# SPDX-License-Identifier: EUPL-1.2
"""Files that a registrar shows to everybody (issue 7, S21)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.register import services as register
from casework.register.audit import verify_register
from casework.register.models import Case, Record, RecordFile
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 lampor\n%%EOF"


@pytest.fixture
def record(city: SmallCity) -> Record:
    """A shown record of the published letter, with two files that name a person."""
    files = [SimpleUploadedFile(f"Karin Ask {n}.pdf", PDF + b"%d" % n) for n in (1, 2)]
    record = letter_record(city, "Karta från Karin Ask", title_public="Karta", files=files)
    register.publish_record(record=record, actor=city.people["registrator"])
    return record


def letter(city: SmallCity) -> Case:
    assert city.letter is not None
    return city.letter


def page(city: SmallCity) -> str:
    return Client().get(reverse("public_case", args=[letter(city).public.slug])).content.decode()


def get(file: RecordFile) -> int:
    return Client().get(reverse("public_file", args=[file.pk])).status_code


def test_7_a_shown_record_shows_no_file_until_one_is_chosen(
    city: SmallCity, record: Record
) -> None:
    first, second = record.files.order_by("pk")
    assert get(first) == get(second) == 404
    assert "/handling/" not in page(city)
    register.publish_files(record=record, files=[first], actor=city.people["registrator"])
    assert (get(first), get(second)) == (200, 404)
    assert reverse("public_file", args=[first.pk]) in page(city)
    assert reverse("public_file", args=[second.pk]) not in page(city)
    assert verify_register().faults == []


def test_7_a_shown_file_keeps_its_senders_name_for_itself(city: SmallCity, record: Record) -> None:
    file = record.files.order_by("pk")[0]
    register.publish_files(record=record, files=[file], actor=city.people["registrator"])
    answer = Client().get(reverse("public_file", args=[file.pk]))
    said = answer["Content-Disposition"]
    assert said.startswith("attachment")
    assert f"{record.dnr.lower().split()[0]}-" in said
    assert "Karin" not in said + page(city)
    assert b"".join(answer) == PDF + b"1"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_7_a_file_that_comes_later_is_not_shown(city: SmallCity, record: Record) -> None:
    registrar = city.people["registrator"]
    register.publish_files(record=record, files=record.files.all(), actor=registrar)
    later = register.attach_file(
        record=record, file=SimpleUploadedFile("mer.pdf", PDF + b"3"), actor=registrar
    )
    assert get(later) == 404
    assert reverse("public_file", args=[later.pk]) not in page(city)


@pytest.mark.parametrize("how", ["hide", "secret", "void", "secret case", "unpublish"])
def test_7_what_is_hidden_hides_its_files(city: SmallCity, record: Record, how: str) -> None:
    registrar = city.people["registrator"]
    file = record.files.order_by("pk")[0]
    register.publish_files(record=record, files=[file], actor=registrar)
    case = Case.objects.get(pk=letter(city).pk)
    match how:
        case "hide":
            register.publish_record(record=record, actor=registrar, published=False)
        case "secret":
            register.mark_record_secret(record=record, provision="OSL 26:1", actor=registrar)
        case "void":
            register.void_record(record=record, reason="Fel ärende.", actor=registrar)
        case "secret case":
            register.mark_secret(case=case, provision="OSL 26:1", actor=registrar)
        case _:
            register.unpublish(case=case, actor=registrar)
    assert get(file) == 404
    assert verify_register().faults == []
    if how == "secret":
        register.lift_record_secrecy(record=record, reason="Prövat.", actor=registrar)
    if how in {"hide", "secret"}:
        register.publish_record(record=record, actor=registrar)
        assert get(file) == 404


def test_7_a_case_that_was_secret_is_published_again_without_its_records(
    city: SmallCity, record: Record
) -> None:
    """What was shown before the marking is not shown again by itself."""
    registrar = city.people["registrator"]
    file = record.files.order_by("pk")[0]
    register.publish_files(record=record, files=[file], actor=registrar)
    assert record.dnr in page(city)
    case = Case.objects.get(pk=letter(city).pk)
    register.mark_secret(case=case, provision="OSL 26:1", actor=city.people["handlaggare"])
    register.lift_secrecy(case=case, reason="Prövat.", actor=registrar)
    register.publish(case=case, actor=registrar)
    assert record.dnr not in page(city)
    register.publish_record(record=Record.objects.get(pk=record.pk), actor=registrar)
    assert record.dnr in page(city)
    assert get(file) == 404
    assert verify_register().faults == []


def test_7_a_choice_made_of_what_was_marked_meanwhile_shows_nothing_later(
    city: SmallCity, record: Record
) -> None:
    registrar = city.people["registrator"]
    file = record.files.order_by("pk")[0]
    seen_before = Record.objects.get(pk=record.pk)
    register.mark_record_secret(record=record, provision="OSL 26:1", actor=registrar)
    register.publish_files(record=seen_before, files=[file], actor=registrar)
    assert get(file) == 404
    register.lift_record_secrecy(record=record, reason="Prövat.", actor=registrar)
    register.publish_record(record=record, actor=registrar)
    assert get(file) == 404


def test_7_files_are_chosen_of_a_shown_record_and_of_its_own(
    city: SmallCity, record: Record
) -> None:
    registrar = city.people["registrator"]
    other = letter(city).records.earliest("pk")
    with pytest.raises(ValidationError, match="annan handling"):
        register.publish_files(record=other, files=record.files.all(), actor=registrar)
    register.publish_record(record=record, actor=registrar, published=False)
    with pytest.raises(ValidationError, match="Visa först handlingen"):
        register.publish_files(record=record, files=record.files.all(), actor=registrar)


def test_7_the_registrar_chooses_files_on_a_page_of_their_own(
    city: SmallCity, record: Record
) -> None:
    registrar = Client()
    registrar.force_login(city.people["registrator"])
    first, _second = record.files.order_by("pk")
    address = reverse("desk_public_files", args=[record.pk])
    assert address in registrar.get(reverse("desk_case", args=[letter(city).pk])).content.decode()
    text = registrar.get(address).content.decode()
    assert "Karin Ask 1.pdf" in text
    assert "Läs igenom varje fil" in text
    answer = registrar.post(address, {"shown": [first.pk]}, follow=True)
    assert "1 fil kan läsas i webbdiariet" in answer.content.decode()
    assert get(first) == 200
    officer = Client()
    officer.force_login(city.people["handlaggare"])
    assert officer.get(address).status_code in (302, 403)
