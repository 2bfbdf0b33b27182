# SPDX-License-Identifier: EUPL-1.2
"""A number is typed as people say it, and opens the case of one's own diary."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from casework.organisation.models import User
from casework.register.models import Case
from casework.register.selectors import by_short_number, case_meant
from casework.register.services import register_case, register_record
from tests.desk.register.test_lists import letters  # noqa: F401  a fixture, taken over by name
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def test_9_a_number_without_its_year_opens_the_case_of_ones_own_diary(
    registrar: Client,
    city: SmallCity,
    letters: list[Case],  # noqa: F811
) -> None:
    case = letters[3]
    for text in (
        str(case.serial), f"KS{case.serial}", f"ks {case.serial}", f"{case.year}/{case.serial}",
        f"{case.serial}/{case.year}", f"dnr {case.dnr}", case.dnr.lower(),
    ):  # fmt: skip
        answer = registrar.get(reverse("desk_search"), {"q": text})
        assert answer.status_code == 302, text
        assert answer["Location"] == reverse("desk_case", args=[case.pk]), text


def test_9_the_year_that_is_now_comes_before_older_ones(
    city: SmallCity,
    letters: list[Case],  # noqa: F811
) -> None:
    user = User.objects.get(pk=city.people["registrator"].pk)
    case = letters[3]
    series = case.entry.series
    older = register_case(
        series=series, title="Från i fjol", received_date=dt.date(2025, 1, 2), actor=None
    )
    assert by_short_number(user, str(case.serial)) == [case]
    assert case_meant(user, str(older.serial)) is not None
    assert by_short_number(user, "Bil 35") == []
    assert by_short_number(user, "") == []


def test_9_a_number_means_nothing_to_who_may_not_see_the_case(
    city: SmallCity,
    letters: list[Case],  # noqa: F811
) -> None:
    user = User.objects.get(pk=city.people["larare"].pk)
    assert case_meant(user, f"KS{letters[0].serial}") is None


def test_9_a_number_within_a_case_opens_the_case_at_that_record(
    registrar: Client,
    city: SmallCity,
    letters: list[Case],  # noqa: F811
) -> None:
    case = letters[3]
    register_record(
        case=case, actor=None, title="Ett", kind="letter", direction="in",
        received_date=case.received_date, party="Någon",
    )  # fmt: skip
    number, year = case.serial, case.year
    page = reverse("desk_case", args=[case.pk])
    for text in (
        f"{number}-1", f"{number}:1", f"KS{number}-1", f"ks {number}:1", f"{year}/{number}-1",
        f"{year}/{number}:1", f"{number}/{year}-1", f"{number}/{year}:1", f"{case.dnr}-1",
        f"{case.dnr}:1", f"dnr {number}-1", f"{number} - 1",
    ):  # fmt: skip
        answer = registrar.get(reverse("desk_search"), {"q": text})
        assert answer.get("Location") == f"{page}#handling-1", text
        found = registrar.get(reverse("case:index"), {"q": text})
        assert case.pk in {row.pk for row in found.context["object_list"]}, text
        assert "#handling-1" in found.content.decode(), text
    assert 'id="handling-1"' in registrar.get(page).content.decode()
    # What the case has no record for is read as any other words.
    for text in (f"{number}-77", f"{number}:77"):
        assert registrar.get(reverse("desk_search"), {"q": text}).status_code == 200
    assert registrar.get(reverse("desk_search"), {"q": f"{case.dnr}-77"})["Location"] == page


def test_9_an_old_record_of_many_is_found_in_the_list_of_all(
    registrar: Client,
    city: SmallCity,
    letters: list[Case],  # noqa: F811
) -> None:
    case = letters[3]
    register_record(
        case=case, actor=None, title="Ett", kind="letter", direction="in",
        received_date=case.received_date, party="Någon",
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(record_count=51)
    answer = registrar.get(reverse("desk_search"), {"q": f"{case.serial}-1"})
    assert answer["Location"].startswith(reverse("desk_records", args=[case.pk]))
    assert case.dnr in registrar.get(answer["Location"]).content.decode()
