# SPDX-License-Identifier: EUPL-1.2
"""The page of the criteria: weights, scales in words, versions (R41, R51)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.planning.enums import VersionState
from casework.planning.models import CriteriaVersion
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

PAGE = "desk_criteria"


@pytest.fixture
def office(city: SmallCity, client: Client) -> Client:
    """Signed in as the office that plans the rounds."""
    client.force_login(city.people["slk"])
    return client


def typed(page: Any, **changed: Any) -> dict[str, Any]:
    """What the browser sends of a page that was shown, with some of it changed."""
    form, criteria = page.context["form"], page.context["criteria"]
    sent = {"name": form["name"].value()}
    for part in (criteria.management_form, *criteria):
        sent |= {field.html_name: field.value() for field in part}
    sent |= {name.replace("__", "-"): value for name, value in changed.items()}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def new(page: Any, label: str, **more: Any) -> dict[str, Any]:
    """The empty criterion at the end, filled in."""
    at = page.context["criteria"].total_form_count() - 1
    fields = {"label": label, **{f"step_{points}": f"Steg {points}" for points in range(6)}, **more}
    return {f"k__{at}__{name}": value for name, value in fields.items()}


def draft() -> CriteriaVersion:
    return CriteriaVersion.objects.get(state=VersionState.DRAFT)


def test_8_a_new_criterion_has_its_scale_in_words_and_no_key_to_think_of(office: Client) -> None:
    """The words of the scale could not be written on any page."""
    page = office.get(reverse(PAGE))
    before = len(page.context["criteria"].initial_forms)
    label = "Nytta för årsrika"
    answer = office.post(reverse(PAGE), typed(page, **new(page, label, weight="3")))
    assert answer.status_code == 302
    rows = list(draft().criteria.all())
    assert len(rows) == before + 1
    assert (rows[-1].key, rows[-1].label, rows[-1].weight) == ("nytta-for-arsrika", label, 3)
    assert [step.words for step in rows[-1].steps.all()] == [f"Steg {n}" for n in range(6)]


def test_8_criteria_change_place_words_and_weight_and_keep_their_key(office: Client) -> None:
    page = office.get(reverse(PAGE))
    first, second = CriteriaVersion.objects.get(state=VersionState.IN_USE).criteria.all()[:2]
    sent = typed(
        page, k__0__ORDER="2", k__1__ORDER="1", k__0__label="Ny lydelse", k__0__step_5="Mest",
    )  # fmt: skip
    office.post(reverse(PAGE), sent)
    now = list(draft().criteria.all())[:2]
    assert [row.key for row in now] == [second.key, first.key]
    assert now[1].label == "Ny lydelse"
    assert now[1].steps.get(points=5).words == "Mest"


def test_8_a_criterion_is_taken_away_whatever_is_wrong_with_it(office: Client) -> None:
    page = office.get(reverse(PAGE))
    gone = page.context["criteria"][0].initial["key"]
    office.post(reverse(PAGE), typed(page, k__0__DELETE="on", k__0__label=""))
    assert gone not in draft().criteria.values_list("key", flat=True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("label", "", "Fyll i det här fältet."),
        ("label", "b" * 400, "som mest 120 tecken"),
        ("weight", "0", "större än eller lika med 1"),
        ("weight", "999999999999", "mindre än eller lika med 100"),
        ("weight", "tre", "Fyll i ett heltal."),
        ("step_3", "", "Skriv vad steget betyder."),
    ],
)
def test_6_a_criterion_that_cannot_be_kept_is_told_at_its_field(
    office: Client, field: str, value: str, words: str
) -> None:
    page = office.get(reverse(PAGE))
    before = CriteriaVersion.objects.count()
    sent = typed(page, **{f"k__0__{field}": value}, k__1__label="Ändrat samtidigt")
    answer = office.post(reverse(PAGE), sent)
    assert answer.status_code == 422
    errors = answer.context["criteria"].forms[0].errors
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert "Ändrat samtidigt" in answer.content.decode()
    assert CriteriaVersion.objects.count() == before


def test_6_without_a_criterion_nothing_is_saved(office: Client) -> None:
    page = office.get(reverse(PAGE))
    gone = {f"k__{at}__DELETE": "on" for at in range(len(page.context["criteria"].initial_forms))}
    answer = office.post(reverse(PAGE), typed(page, **gone))
    assert answer.status_code == 422
    assert "Ange minst ett kriterium" in answer.content.decode()


def test_6_criteria_are_taken_into_use_once_and_the_second_press_is_told(office: Client) -> None:
    address = reverse(PAGE)
    page = office.get(address)
    office.post(address, typed(page))
    assert office.post(address, {"use": ""}).status_code == 302
    again = office.post(address, {"use": ""}, follow=True)
    assert "Det finns inget utkast att ta i bruk." in again.content.decode()
    assert CriteriaVersion.objects.filter(state=VersionState.IN_USE).count() == 1
