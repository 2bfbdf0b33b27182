# SPDX-License-Identifier: EUPL-1.2
"""The one form of registering, what it is chosen from, and what it answers while one types."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.organisation.models import Unit
from casework.register.enums import AmendmentKind, Direction, Retention
from casework.register.models import Case, ClassCode, LetterTemplate, Party, Record
from casework.register.services import (
    correct_fields,
    keep_term,
    mark_secret,
    merge_cases,
    register_case,
    void_record,
)
from tests.desk.counting import queries
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db

LOOK = "/admin/registrera/svar/"


def form(registrar: Client, **fields: object) -> dict[str, object]:
    """A letter's form, filled in."""
    series = registrar.get("/admin/registrera/").context["form"].fields["series"].queryset.first()
    return {
        "token": str(uuid.uuid4()), "title": "Klagomål på snöröjning", "series": series.pk,
        "received_date": "-1", "case_type": "letter", **fields,
    }  # fmt: skip


@pytest.fixture
def unit(city: SmallCity) -> Unit:
    """An enhet of the authority, where the registrar works."""
    authority = city.case("registered").authority
    unit = Unit.objects.create(name="Kansliet", authority=authority, valid_from=dt.date(2020, 1, 1))
    registrar = city.people["registrator"]
    registrar.unit = unit
    registrar.save()
    return unit


def test_a_letter_that_nobody_was_asked_to_handle_stands_with_a_unit(
    registrar: Client, unit: Unit
) -> None:
    registrar.post("/admin/registrera/", form(registrar))
    case = Case.objects.latest("pk")
    assert (case.officer, case.unit) == (None, unit)
    assert case.received_date == timezone.localdate() - dt.timedelta(days=1)


def test_who_shall_have_it_is_an_officer_or_a_unit(
    registrar: Client, city: SmallCity, unit: Unit
) -> None:
    officer = city.people["handlaggare"]
    registrar.post("/admin/registrera/", form(registrar, responsible=f"h{officer.pk}"))
    assert Case.objects.latest("pk").officer == officer
    registrar.post("/admin/registrera/", form(registrar, title="Annat", responsible=f"u{unit.pk}"))
    assert Case.objects.latest("pk").unit == unit
    wrong = registrar.post("/admin/registrera/", form(registrar, title="C", responsible="h999999"))
    assert wrong.status_code == 422


@pytest.mark.parametrize(("private", "shown"), [("on", ""), (None, "Vägföreningen")])
def test_a_private_sender_has_no_public_face_and_an_organisation_its_name(
    registrar: Client, private: str | None, shown: str
) -> None:
    fields = {"is_private": private} if private else {}
    registrar.post("/admin/registrera/", form(registrar, party="Vägföreningen", **fields))
    assert Case.objects.latest("pk").party_public == shown
    assert Party.objects.get().is_private is bool(private)


def test_the_sender_of_a_secret_letter_is_not_kept_for_the_next_time(registrar: Client) -> None:
    registrar.post(
        "/admin/registrera/",
        form(registrar, party="Nils Ek", secrecy_provision="OSL 21:1", secrecy_note="Sida 2"),
    )
    case = Case.objects.latest("pk")
    assert (case.is_secret, case.secrecy_note) == (True, "Sida 2")
    assert not Party.objects.exists()


def test_what_is_answered_while_one_types_tells_of_no_secret_case(
    registrar: Client, city: SmallCity, client: Client
) -> None:
    case = city.case("registered")
    seen = registrar.get(LOOK, {"existing": case.dnr}).content.decode()
    assert case.title in seen
    secret = letter_record(city, "Hemlig sak").case
    mark_secret(case=secret, provision="OSL 18:8", actor=city.people["registrator"])
    Case.objects.filter(pk=secret.pk).update(officer=None)
    secret.audience.all().delete()  # nobody is let in
    told = registrar.get(LOOK, {"existing": secret.dnr}).content.decode()
    none = registrar.get(LOOK, {"existing": "KS 2999/7"}).content.decode()
    assert told.replace(secret.dnr, "KS 2999/7") == none
    client.force_login(city.people["handlaggare"])
    assert client.get(LOOK).status_code in (302, 403)


def test_what_is_answered_while_one_types_costs_few_queries(
    registrar: Client, city: SmallCity
) -> None:
    asked = f"{LOOK}?existing={city.case('registered').dnr}&title=Snö&party=Bo"
    assert queries(registrar, asked) <= 12


def test_a_class_is_valid_for_a_time_and_its_code_is_one_at_a_time(city: SmallCity) -> None:
    actor = city.people["registrator"]
    values = {"code": "7.1", "title": "Gator", "valid_from": dt.date(2020, 1, 1)}
    old = keep_term(thing=ClassCode(), values=values, actor=actor)
    with pytest.raises(ValidationError, match="redan"):
        keep_term(thing=ClassCode(), values={**values, "title": "Vägar"}, actor=actor)
    keep_term(thing=old, values={"valid_until": dt.date(2024, 12, 31)}, actor=actor)
    new = {**values, "valid_from": dt.date(2025, 1, 1)}
    keep_term(thing=ClassCode(), values=new, actor=actor)
    assert not ClassCode.objects.in_force().filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("retention", "years"), [(Retention.KEEP, 5), (Retention.WEED, None)], ids=["keep", "weed"]
)
def test_what_is_kept_has_no_year_of_weeding(
    city: SmallCity, retention: str, years: int | None
) -> None:
    values = {"code": "7.2", "title": "X", "retention": retention, "weed_after_years": years}
    with pytest.raises(ValidationError, match="hur många år"):
        keep_term(thing=ClassCode(), values=values, actor=city.people["registrator"])


def test_a_correction_of_direction_and_class_keeps_the_old_value(
    registrar: Client, city: SmallCity
) -> None:
    actor = city.people["registrator"]
    record = letter_record(city, "Svar")
    correct_fields(obj=record, values={"direction": Direction.OUTGOING}, reason="Fel.", actor=actor)
    record.refresh_from_db()
    assert record.direction == Direction.OUTGOING
    assert record.entry.direction == Direction.INCOMING  # the entry never changes
    row = record.entry.amendments.get(kind=AmendmentKind.CORRECTION)
    assert (row.old, row.new, row.new_words) == ("in", "out", "Utgående")
    chosen = ClassCode.objects.in_force()[0]
    address = reverse("desk_caretake", args=[record.case_id, "ratta"])
    page = registrar.get(address).context["form"]
    data = {name: page[name].value() or "" for name in page.fields}
    sent = registrar.post(address, {**data, "class_code": chosen.pk, "reason": "Saknades."})
    assert sent.status_code == 302
    case = Case.objects.get(pk=record.case_id)
    assert case.class_code == chosen
    assert case.entry.amendments.get().new == chosen.code
    with pytest.raises(ValidationError):
        correct_fields(obj=record, values={"dnr": "X"}, reason="Fel.", actor=actor)


def test_the_same_letter_into_the_same_case_twice_is_asked_about(
    registrar: Client, city: SmallCity
) -> None:
    case = city.case("registered")
    sent = form(registrar, existing=case.dnr, party="Bo")
    assert registrar.post("/admin/registrera/", sent).status_code == 302
    again = registrar.post("/admin/registrera/", {**sent, "token": str(uuid.uuid4())})
    assert again.status_code == 422
    assert "Samma avsändare och rubrik" in again.content.decode()
    assert Record.objects.filter(case=case, title=sent["title"]).count() == 1


def test_senders_and_templates_are_those_of_ones_own_authority(
    registrar: Client, city: SmallCity
) -> None:
    own = Party.objects.create(authority=city.case("registered").authority, name="Vår förening")
    other = Party.objects.create(
        authority=type(own.authority).objects.exclude(pk=own.authority_id)[0], name="Deras förening"
    )
    page = registrar.get(reverse("party:index")).content.decode()
    assert "Vår förening" in page
    assert "Deras förening" not in page
    assert registrar.get(reverse("party:edit", args=[own.pk])).status_code == 200
    assert registrar.get(reverse("party:edit", args=[other.pk])).status_code == 404
    assert registrar.post(reverse("party:delete", args=[own.pk])).status_code == 302
    assert not Party.objects.filter(pk=own.pk).exists()


SECRET = {
    "secrecy_provision": "OSL 21:1", "secrecy_note": "Sida 2", "secrecy_authority": "Regionen",
}  # fmt: skip


def test_9_a_copy_of_a_secret_letter_is_secret_too(registrar: Client, city: SmallCity) -> None:
    registrar.post("/admin/registrera/", form(registrar, party="Nils Ek", **SECRET))
    record = Record.objects.latest("pk")
    copy = registrar.get(f"/admin/registrera/?kopia={record.pk}").context["form"]
    assert copy["party"].value() == "Nils Ek"
    assert {name: copy[name].value() for name in SECRET} == SECRET
    after = registrar.get(f"/admin/registrera/?efter={record.pk}").context["form"]
    assert not any(after[name].value() for name in (*SECRET, "party"))


def test_9_a_record_of_a_secret_case_is_copied_with_the_marking_of_the_case(
    registrar: Client, city: SmallCity
) -> None:
    record = letter_record(city)
    mark_secret(case=record.case, provision="OSL 18:8", actor=city.people["registrator"])
    copy = registrar.get(f"/admin/registrera/?kopia={record.pk}").context["form"]
    assert copy["secrecy_provision"].value() == "OSL 18:8"


def test_9_a_template_holds_neither_title_nor_sender_of_what_is_secret(
    registrar: Client, city: SmallCity
) -> None:
    keep = {"keep": "1", "party": "Nils Ek"}
    secret = letter_record(city).case
    mark_secret(case=secret, provision="OSL 18:8", actor=city.people["registrator"])
    for fields in ({"secrecy_provision": "OSL 21:1"}, {"existing": secret.dnr}):
        said = form(registrar, template_name="Orosanmälan", **keep, **fields)
        answer = registrar.post("/admin/registrera/", said, follow=True)
        assert "följde inte med" in answer.content.decode()
        values = LetterTemplate.objects.get().values
        assert not {"title", "party", "secrecy_note"} & set(values)
        assert answer.context["form"]["secrecy_provision"].value().startswith("OSL")
    registrar.post("/admin/registrera/", form(registrar, template_name="Öppen", **keep))
    assert LetterTemplate.objects.get(name="Öppen").values["party"] == "Nils Ek"


def test_9_no_letter_is_registered_in_a_case_that_was_joined_into_another(
    registrar: Client, city: SmallCity
) -> None:
    clerk, into = city.people["registrator"], city.case("registered")
    case = register_case(
        series=into.entry.series, title="Samma", received_date=timezone.localdate(), actor=clerk
    )
    merge_cases(case=case, into=into, reason="Samma sak", actor=clerk)
    for number in (case.dnr, str(case.serial)):
        look = registrar.get(LOOK, {"existing": number}).content.decode()
        assert f"(sammanfört med {into.dnr})" in look
        refused = registrar.post("/admin/registrera/", form(registrar, existing=number))
        told = refused.context["form"].errors["existing"]
        assert told == [f"{case.dnr} är sammanfört med {into.dnr}. Registrera där."]
    assert into.dnr in registrar.get(LOOK, {"existing": into.dnr}).content.decode()
    assert not Record.objects.filter(case=case).exists()
    mark_secret(case=into, provision="OSL 18:8", actor=clerk)
    into.audience.all().delete()  # nobody is let in
    look = registrar.get(LOOK, {"existing": case.dnr}).content.decode()
    assert "sammanfört med ett annat ärende" in look
    refused = registrar.post("/admin/registrera/", form(registrar, existing=case.dnr))
    assert into.dnr not in refused.context["form"].errors["existing"][0]
    assert "tar inte emot handlingar" in refused.context["form"].errors["existing"][0]


def test_9_a_voided_record_is_marked_among_the_latest(registrar: Client, city: SmallCity) -> None:
    record = letter_record(city, "Brevet")
    assert "Brevet (makulerad)" not in registrar.get("/admin/registrera/").content.decode()
    void_record(record=record, reason="Fel", actor=city.people["registrator"])
    assert "Brevet (makulerad)" in registrar.get("/admin/registrera/").content.decode()
