# SPDX-License-Identifier: EUPL-1.2
"""A letter stands in somebody's list, and the list of cases is searched where it stands."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.follow_up.selectors import letters_held
from casework.organisation.models import User
from casework.register.audit import verify_register
from casework.register.enums import CaseType
from casework.register.models import Case, CaseLink, NumberSeries
from casework.register.services import case_links, lift_secrecy, link_cases, register_case
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(city: SmallCity) -> Case:
    """A letter that nobody handles."""
    return register_case(
        series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
        case_type=CaseType.LETTER,
        title="Klagomål på snöröjning",
        received_date=dt.date(2026, 1, 7),
        actor=city.people["registrator"],
    )


def test_s10_a_letter_of_nobodys_waits_for_all_who_may_take_it(
    desk: Client, registrar: Client, letter: Case
) -> None:
    for client in (desk, registrar):
        page = client.get("/admin/").content.decode()
        assert letter.title in page
        assert "ingen än" in page


def test_s10_an_officer_takes_a_letter_and_has_it_in_sight(
    desk: Client, registrar: Client, city: SmallCity, letter: Case
) -> None:
    address = reverse("desk_case", args=[letter.pk])
    take = reverse("desk_caretake", args=[letter.pk, "ta"])
    assert f'href="{take}"' in desk.get(address).content.decode()
    assert f'href="{take}"' not in registrar.get(address).content.decode()
    told = desk.post(take, follow=True).content.decode()
    officer = str(city.people["handlaggare"])
    assert f"Ärendet ligger hos {officer}" in told
    assert f"Handläggare är nu {officer}" in told  # annoying 10: whom
    assert f'href="{take}"' not in told
    assert desk.get(take).status_code == 302  # refused: it has an officer now
    assert letter.title in desk.get("/admin/").content.decode()
    held = letters_held(city.people["registrator"], [], most=99)
    assert letter not in [row.case for row in held]


def test_the_list_of_cases_is_searched_by_number_and_words(
    registrar: Client, city: SmallCity, letter: Case
) -> None:
    """Use, annoying 1 and S14: the field stands in the header, any spelling of a number will do."""
    index = reverse("case:index")
    assert 'type="search"' in registrar.get(index).content.decode() or 'name="q"' in (
        registrar.get(index).content.decode()
    )
    for text in (f"{letter.year}/{letter.serial}", letter.dnr.lower(), "snöröjning klagomål"):
        page = registrar.get(index, {"q": text})
        assert [row.pk for row in page.context["object_list"]] == [letter.pk], text


def test_the_list_of_cases_tells_where_each_stands(
    registrar: Client, city: SmallCity, letter: Case
) -> None:
    page = registrar.get(reverse("case:index")).content.decode()
    assert "Kompletteras" in page
    assert "Öppet" in page


def test_a_link_to_a_number_of_nobodys_says_so(registrar: Client, letter: Case) -> None:
    """Use, annoying 17: the same words for a case that the person may not see."""
    answer = registrar.post(
        reverse("desk_caretake", args=[letter.pk, "koppla"]),
        {"kind": "related", "number": "KS 2099/77"},
        follow=True,
    ).content.decode()
    assert "KS 2099/77 är antecknat, men leder inte till något ärende" in answer


def test_9_a_link_is_made_by_a_number_as_it_is_said(
    registrar: Client, city: SmallCity, letter: Case
) -> None:
    other = city.case("registered")
    address = reverse("desk_caretake", args=[letter.pk, "koppla"])
    sent = {"kind": "related", "number": str(other.serial)}
    assert registrar.post(address, sent).status_code == 302
    assert letter.links.get().target == other
    for number, told in (("98765", "Det finns inget ärende med det numret."), ("x", "läsa som")):
        refused = registrar.post(address, {**sent, "number": number})
        assert refused.status_code == 422
        assert told in refused.context["form"].errors["number"][0]


def test_9_the_same_link_is_not_made_twice(
    registrar: Client, city: SmallCity, letter: Case
) -> None:
    other = city.case("registered")
    address = reverse("desk_caretake", args=[letter.pk, "koppla"])
    back = reverse("desk_caretake", args=[other.pk, "koppla"])
    for number in (other.dnr, "KS 2099/77"):
        sent = {"kind": "related", "number": number}
        assert registrar.post(address, sent).status_code == 302
        again = registrar.post(address, sent)
        assert again.context["form"].errors["number"] == ["Ärendena är redan kopplade så."]
    again = registrar.post(back, {"kind": "related", "number": letter.dnr})
    assert again.context["form"].errors["number"] == ["Ärendena är redan kopplade så."]
    assert letter.links.count() == 2
    assert registrar.post(address, {"kind": "depends_on", "number": other.dnr}).status_code == 302


@pytest.mark.parametrize("turned", [False, True])
def test_9_two_who_link_at_once_are_told_and_the_database_refuses(
    registrar: Client,
    city: SmallCity,
    letter: Case,
    monkeypatch: pytest.MonkeyPatch,
    turned: bool,
) -> None:
    other = city.case("registered")
    # What the other one wrote is not there yet when one asks.
    monkeypatch.setattr(case_links, "_is_linked", lambda *_said: False)
    link_cases(case=letter, kind="related", number=other.dnr, actor=None)
    link_cases(case=letter, kind="depends_on", number="KS 2099/77", actor=None)
    first, second = (other, letter) if turned else (letter, other)
    again = registrar.post(
        reverse("desk_caretake", args=[first.pk, "koppla"]),
        {"kind": "related", "number": second.dnr},
    )
    assert again.status_code == 422
    assert again.context["form"].errors["number"] == ["Ärendena är redan kopplade så."]
    with pytest.raises(ValidationError, match="redan kopplade"):
        link_cases(case=letter, kind="depends_on", number="ks 2099/77", actor=None)
    # Each way round is a link of its own where it says something else.
    link_cases(case=letter, kind="depends_on", number=other.dnr, actor=None)
    link_cases(case=other, kind="depends_on", number=letter.dnr, actor=None)
    assert CaseLink.objects.filter(case__in=[letter, other]).count() == 4
    assert verify_register().faults == []


def test_a_marking_names_a_provision_that_can_be_looked_up(registrar: Client, letter: Case) -> None:
    """Use, annoying 17: "blabla" was taken for a provision."""
    address = reverse("desk_caretake", args=[letter.pk, "sekretess"])
    refused = registrar.post(address, {"provision": "blabla", "reason": ""})
    assert refused.status_code == 422
    assert "kapitel och paragraf" in refused.content.decode()
    for spelling in ("OSL 18:8", "21 kap. 1 § OSL"):
        assert registrar.post(address, {"provision": spelling}).status_code == 302
        letter.refresh_from_db()
        assert letter.secrecy_provision == spelling
        lift_secrecy(case=letter, reason="Prövat.", actor=letter_registrar(letter))


def letter_registrar(letter: Case) -> User:
    """Who registered it."""
    found = letter.entry.registered_by
    assert found is not None
    return found


def test_the_history_is_told_in_words_to_the_last_key(desk: Client, city: SmallCity) -> None:
    """Use, annoying 10; mission §5, 41: keys of the code stood in the history."""
    case = city.case("decided")
    page = desk.get(reverse("desk_case_history", args=[case.pk])).content.decode()
    keys = set(re.findall(r"<dt>([^<]+)</dt>", page))
    assert {"diarienummer", "rubrik"} <= keys
    assert not {key for key in keys if "_" in key}
    assert not keys & {"title", "received_date", "stage", "need", "report", "revision"}
    assert re.search(r"<dt>hash</dt><dd>[0-9a-f]{64}</dd>", page)


def test_s11_a_letter_is_no_initiative(registrar: Client) -> None:
    form = registrar.get("/admin/registrera/").context["form"]
    assert CaseType.INITIATIVE not in dict(form.fields["case_type"].choices)


def test_s12_and_s13_the_case_and_the_sender_are_in_sight(registrar: Client, letter: Case) -> None:
    address = reverse("desk_register_record", args=[letter.pk])
    assert letter.dnr in registrar.get(address).content.decode()
    form = {
        "token": str(uuid.uuid4()), "kind": "letter", "direction": "in", "title": "Svar",
        "received_date": "2026-01-08", "party": "Vägföreningen",
    }  # fmt: skip
    assert registrar.post(address, form).status_code == 302
    page = registrar.get(reverse("desk_case", args=[letter.pk])).content.decode()
    table = page[page.index('id="records"') :]
    assert "Vägföreningen" in table[: table.index("</table>")]


def test_s14_numbers_are_sorted_by_year_and_serial(
    registrar: Client, city: SmallCity, letter: Case
) -> None:
    rows = registrar.get(reverse("case:index"), {"ordering": "dnr"}).context["object_list"]
    numbers = [(row.year, row.serial) for row in rows]
    assert numbers == sorted(numbers)
    export = registrar.get(reverse("case:index"), {"export": "csv"})
    text = b"".join(export).decode()
    assert "Skrivelse" in text
    assert "letter" not in text


def test_s24_the_columns_of_the_citys_lists_have_widths(city: SmallCity) -> None:
    client = Client()
    client.force_login(city.people["admin"])
    page = client.get(reverse("appointment:index")).content.decode()
    assert page.count('width="') >= 5
