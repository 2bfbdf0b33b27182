# SPDX-License-Identifier: EUPL-1.2
"""The register's pages at the desk: how many queries, and what wrong input leads to."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.register.enums import Direction
from casework.register.models import Case, Record
from casework.register.services import register_record, void_case
from tests.desk.counting import queries
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db


CASE_QUERIES = 23
"""What the page of a case costs its officer, however many records and events it has.

One of them is how much is new, in the menu of each page, as something is. Another is what there is
in the case: of its own it is compiled once, beside the case itself it took twice the time. The
initiative is one, as most cases hold none.
"""


def test_a_case_takes_a_constant_number_of_queries(desk: Client, city: SmallCity) -> None:
    case = city.case("decided")
    address = reverse("desk_case", args=[case.pk])
    register_record(
        case=case, actor=city.people["registrator"], direction=Direction.INCOMING, title="Brev",
        received_date=timezone.localdate(),
    )  # fmt: skip
    before = queries(desk, address)
    for number in range(5):
        register_record(
            case=case, actor=city.people["registrator"], direction=Direction.INCOMING,
            title=f"Brev {number}", received_date=timezone.localdate(),
        )  # fmt: skip
    assert queries(desk, address) == before
    assert before <= CASE_QUERIES


def test_the_case_page_offers_its_notions_and_what_can_be_done(
    registrar: Client, city: SmallCity
) -> None:
    page = registrar.get(reverse("desk_case", args=[city.case("registered").pk])).content.decode()
    for words in ("Underlag", "Tjänsteutlåtande", "Handlingar", "Händelser", "Liknande tidigare"):
        assert f">{words}" in page, words
    for words in ("Ange handläggare", "Remittera", "Rätta uppgifter", "Sekretessmarkera"):
        assert f">{words}</a>" in page, words
    assert page.index("Rätta uppgifter") < page.rindex("Sekretessmarkera")


def test_6_a_voided_case_offers_what_keeps_the_diary_right_and_nothing_more(
    registrar: Client, city: SmallCity
) -> None:
    case = letter_record(city).case
    void_case(case=case, reason="Dubblett", actor=city.people["registrator"])
    page = registrar.get(reverse("desk_case", args=[case.pk])).content.decode()
    for words in ("Rätta uppgifter", "Sekretessmarkera", "Koppla till ett annat ärende"):
        assert f">{words}</a>" in page, words
    for words in (
        "Remittera", "Avsluta ärendet", "Visa i webbdiariet", "Lämna över", "Makulera ärendet",
        "Registrera handling", "För samman med ett annat ärende", "Ange dag för svar",
        "Sätt en bevakning", "Skriv tjänsteutlåtande",
    ):  # fmt: skip
        assert f">{words}</a>" not in page, words
    assert "Att göra nu" not in page
    assert "Makulering: Dubblett" in page
    close = reverse("desk_caretake", args=[case.pk, "avsluta"])
    assert registrar.get(close).status_code in (302, 403)


def letter(**fields: object) -> dict[str, object]:
    """A letter's form, filled in."""
    return {
        "token": str(uuid.uuid4()),
        "title": "Klagomål på snöröjning",
        "received_date": timezone.localdate().isoformat(),
        "case_type": "letter",
        "direction": "in",
        **fields,
    }


def series(client: Client) -> object:
    """The registrar's series as the form offers it."""
    return client.get("/admin/registrera/").context["form"].fields["series"].queryset.first().pk


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("rapport.docm", b"PK\x03\x04x"), "kan innehålla makron"),
        (SimpleUploadedFile("stor.pdf", b"%PDF-1.7" + b"0" * (30 << 20)), "Största tillåtna"),
        (SimpleUploadedFile("program.exe", b"MZ"), "tas emot"),
    ],
    ids=["macro", "30 MB", "program"],
)
def test_a_file_that_is_refused_registers_nothing(
    registrar: Client, file: SimpleUploadedFile, sentence: str
) -> None:
    cases, records = Case.objects.count(), Record.objects.count()
    file.seek(0)
    answer = registrar.post("/admin/registrera/", letter(series=series(registrar), files=file))
    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors["files"])
    assert "Klagomål på snöröjning" in answer.content.decode()
    assert (Case.objects.count(), Record.objects.count()) == (cases, records)
    next_one = registrar.post("/admin/registrera/", letter(series=series(registrar)))
    assert next_one.status_code == 302


def test_s5_back_and_register_again_is_asked_about_once(registrar: Client) -> None:
    """The form after the back button has a new name of its own, so only its content is the same."""
    own = series(registrar)
    assert registrar.post("/admin/registrera/", letter(series=own)).status_code == 302
    first = Case.objects.latest("pk")
    asked = registrar.post("/admin/registrera/", letter(series=own))
    assert asked.status_code == 422
    assert f"för en minut sedan: {first.dnr}" in asked.content.decode()
    assert Case.objects.latest("pk") == first
    another = registrar.post("/admin/registrera/", letter(series=own, party="Någon annan"))
    assert another.status_code == 302
    again = registrar.post("/admin/registrera/", letter(series=own, again="on"))
    assert again.status_code == 302
    assert Case.objects.latest("pk").title == first.title


def test_empty_fields_are_told_at_the_fields(registrar: Client) -> None:
    cases = Case.objects.count()
    answer = registrar.post("/admin/registrera/", letter(title="", received_date="i går"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "received_date", "series"}
    text = answer.content.decode()
    assert "Skriv datumet som 2026-11-23" in text
    assert 'href="#id_title"' in text
    assert Case.objects.count() == cases


def test_a_full_list_says_that_older_cases_are_left_out(
    registrar: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issue 6 §8: an exact count of all cases costs more than the page."""
    words = "begränsa med filtren"
    assert words not in registrar.get(reverse("case:index")).content.decode()
    monkeypatch.setattr("desk.register.filters.MOST", 2)
    page = registrar.get(reverse("case:index"))
    assert words in page.content.decode()
    assert page.context["paginator"].count == 2


def test_the_officer_filter_offers_the_officers_of_visible_cases_only(
    registrar: Client, city: SmallCity
) -> None:
    officers = registrar.get(reverse("case:index")).context["filters"].form.fields["officer"]
    visible = Case.objects.visible_to(city.people["registrator"]).exclude(officer=None)
    assert set(officers.queryset) == {case.officer for case in visible}
    member = Client()
    member.force_login(city.people["kontakt"])
    answer = member.get(reverse("case:index"))
    assert answer.status_code == 200
    shown = answer.context["filters"].form.fields["officer"].queryset
    seen = Case.objects.visible_to(city.people["kontakt"]).exclude(officer=None)
    assert set(shown) == {case.officer for case in seen}
