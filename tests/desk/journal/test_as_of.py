# SPDX-License-Identifier: EUPL-1.2
"""The register as it looked on a day, and what changed in a field, in words."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register.enums import CaseType, Direction
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    assign_officer,
    close_case,
    correct,
    mark_record_secret,
    register_case,
    register_record,
)
from tests.desk.counting import queries
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

LONG = "Klagomål på att snöröjningen av gång- och cykelvägarna i norra delen är dålig"


def _days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def case(city: SmallCity) -> Case:
    """A letter: registered ten days ago, corrected and given away five days ago, closed today."""
    registrar = city.people["registrator"]
    with time_machine.travel(_days_ago(10)):
        case = register_case(
            series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
            case_type=CaseType.LETTER, title=LONG, received_date=dt.date(2026, 1, 7),
            actor=registrar,
        )  # fmt: skip
        for title in ("Skrivelsen", "Läkarintyget"):
            register_record(
                case=case, direction=Direction.INCOMING, title=title,
                received_date=dt.date(2026, 1, 7), actor=registrar,
            )  # fmt: skip
    with time_machine.travel(_days_ago(5)):
        words = LONG.replace("norra", "södra")
        correct(obj=case, field="title", value=words, reason="Fel väderstreck.", actor=registrar)
        assign_officer(case=case, officer=city.people["handlaggare"], actor=registrar)
    close_case(case=case, outcome="", decided_on=None, actor=registrar)
    return case


def _page(client: Client, case: Case, days: int) -> str:
    day = timezone.localdate() - dt.timedelta(days=days)
    return client.get(
        reverse("desk_case_as_of", args=[case.pk]), {"dag": str(day)}
    ).content.decode()


def test_9_a_case_is_shown_as_it_was_on_a_day(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    then, now = _page(registrar, case, 7), _page(registrar, case, 0)
    officer = str(city.people["handlaggare"])
    assert "norra" in then
    assert "södra" in now
    assert f"<dd>{officer}</dd>" in now
    assert f"<dd>{officer}</dd>" not in then
    assert "Skrivelsen" in then
    assert "Skrivelse</dd>" in then, "the code's word"
    assert "var inte registrerat" in _page(registrar, case, 12)
    wrong = registrar.get(reverse("desk_case_as_of", args=[case.pk]), {"dag": "snart"})
    assert "Skriv dagen som" in wrong.content.decode()


def test_9_a_record_that_is_secret_now_is_not_shown_as_it_was(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    record = case.records.get(title="Läkarintyget")
    mark_record_secret(
        record=record, provision="OSL 21:1", reason="Skydd.", actor=city.people["registrator"]
    )
    client = Client()
    reader = User.objects.create(username="lasare", first_name="Lo", last_name="Läsare")
    appoint(user=reader, role=Role.READER, scope=Authority.objects.get(code="KS"), actor=None)
    client.force_login(reader)
    page = _page(client, case, 7)
    assert "Skrivelsen" in page
    assert "Läkarintyget" not in page
    assert record.dnr not in page
    assert "Läkarintyget" in _page(registrar, case, 7)


def test_9_whom_publicity_alone_lets_in_gets_no_history_of_a_day(
    city: SmallCity, case: Case
) -> None:
    client = Client()
    other = Authority.objects.create(code="SBN", name="Samhällsbyggnadsnämnden")
    neighbour = User.objects.create(username="granne", first_name="Gry", last_name="Granne")
    appoint(user=neighbour, role=Role.REGISTRAR, scope=other, actor=None)
    client.force_login(neighbour)
    Case.objects.filter(pk=case.pk).update(is_published=True)
    assert client.get(reverse("desk_case_as_of", args=[case.pk])).status_code == 404
    page = client.get(reverse("desk_cases_as_of")).content.decode()
    assert case.dnr not in page


def test_9_the_list_is_shown_as_it_was_on_a_day(
    registrar: Client, desk: Client, city: SmallCity, case: Case
) -> None:
    address = reverse("desk_cases_as_of")
    assert desk.get(address).status_code in {302, 403}

    def rows(days: int) -> dict[str, dict[str, object]]:
        day = timezone.localdate() - dt.timedelta(days=days)
        found = registrar.get(address, {"dag": str(day)}).context["rows"]
        return {row["case"].dnr: row for row in found}

    then, now = rows(7)[case.dnr], rows(0)[case.dnr]
    assert "norra" in str(then["title"])
    assert (then["officer"], then["state"]) == ("", "Öppet")
    assert (now["officer"], now["state"]) == (str(city.people["handlaggare"]), "Avslutat")
    assert case.dnr not in rows(12)
    assert registrar.get(address, {"dag": "i", "ar": "1999"}).context["rows"] == []


def test_9_the_list_of_a_day_takes_few_queries(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    address = f"{reverse('desk_cases_as_of')}?dag=i"
    before = queries(registrar, address)
    for number in range(8):
        letter = register_case(
            series=case.entry.series, title=f"Brev {number}", received_date=dt.date(2026, 1, 7),
            actor=None,
        )  # fmt: skip
        assign_officer(case=letter, officer=city.people["handlaggare"], actor=None)
    assert queries(registrar, address) == before
    assert before <= 15


def test_9_a_change_tells_field_old_and_new_in_words(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    for name in ("desk_case_history", "desk_case"):
        page = registrar.get(reverse(name, args=[case.pk])).content.decode()
        assert re.search(r"<del>norra</del><ins>södra</ins>", page), name
    officer = city.people["handlaggare"]
    history = registrar.get(reverse("desk_case_history", args=[case.pk])).content.decode()
    told = history[history.index('class="changes"') :]
    assert f"<ins>{officer}</ins>" in told
    assert f"<ins>{officer.pk}</ins>" not in told


def test_9_the_changes_of_a_case_cost_its_page_nothing(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    address = reverse("desk_case", args=[case.pk])
    before = queries(registrar, address)
    for number in range(5):
        correct(
            obj=case, field="title", value=f"Rubrik {number}", reason="Fel.",
            actor=city.people["registrator"],
        )  # fmt: skip
    assert queries(registrar, address) <= before + 1  # the corrections' own panel
