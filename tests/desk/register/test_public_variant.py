# SPDX-License-Identifier: EUPL-1.2
"""What everybody reads can be kept apart from what was registered (issue 7, M10; OSL 5:2)."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.register import services as register
from casework.register.models import Case, Record
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db

NAMED = "Klagomål på Karin Ask"


def public_page(case: Case) -> str:
    return Client().get(reverse("public_case", args=[case.public.slug])).content.decode()


def test_m10_a_letter_that_names_somebody_gets_a_public_title(registrar: Client) -> None:
    registrar.post(
        reverse("desk_register"),
        {
            "token": str(uuid.uuid4()),
            "series": str(register.ensure_series(Case.objects.latest("pk").authority).pk),
            "case_type": "letter",
            "direction": "in",
            "title": NAMED,
            "title_public": "Klagomål",
            "party": "Nils Ek",
            "received_date": timezone.localdate().isoformat(),
        },
    )
    case = Case.objects.latest("pk")
    record = case.records.get()
    assert (case.title, case.title_public, record.title_public) == (NAMED, "Klagomål", "Klagomål")


@pytest.fixture
def record(city: SmallCity) -> Record:
    """A shown record whose title names somebody."""
    record = letter_record(city, NAMED, party="Nils Ek")
    register.publish_record(record=record, actor=city.people["registrator"])
    return record


def correct(client: Client, address: str, **changed: str) -> str:
    """Send the form as it stands, with something changed."""
    form = client.get(address).context["form"]
    data = {name: str(form.initial.get(name, "")) for name in form.fields}
    answer = client.post(address, {**data, "reason": "Namn.", **changed}, follow=True)
    return answer.content.decode()


def test_m10_a_name_is_kept_off_the_web_afterwards(
    registrar: Client, city: SmallCity, record: Record
) -> None:
    address = reverse("desk_record_action", args=[record.pk, "ratta"])
    assert NAMED in public_page(record.case)
    assert "Ändra det som ska rättas" in correct(registrar, address)
    assert "är rättad" in correct(registrar, address, title_public="Klagomål på en person")
    assert NAMED not in public_page(record.case)
    assert "Klagomål på en person" in public_page(record.case)
    own = reverse("desk_caretake", args=[record.case_id, "ratta"])
    correct(registrar, own, title_public="Belysning", party_public="En boende")
    page = public_page(record.case)
    assert "Belysning" in page
    assert "En boende" in page


def test_m10_a_record_is_marked_secret_and_opened_again_on_its_page(
    registrar: Client, city: SmallCity, record: Record
) -> None:
    register.publish_files(
        record=record, files=record.files.all(), actor=city.people["registrator"]
    )
    mark = reverse("desk_record_action", args=[record.pk, "sekretess"])
    assert mark in registrar.get(reverse("desk_case", args=[record.case_id])).content.decode()
    answer = registrar.post(mark, {"provision": "OSL 26:1"}, follow=True).content.decode()
    assert "är sekretessmarkerad" in answer
    record.refresh_from_db()
    assert (record.is_secret, record.is_published, record.public_files) == (True, False, [])
    lift = reverse("desk_record_action", args=[record.pk, "havsekretess"])
    assert registrar.post(lift, {"reason": ""}).status_code == 422
    registrar.post(lift, {"reason": "Prövat."})
    record.refresh_from_db()
    assert (record.is_secret, record.is_published) == (False, False)
