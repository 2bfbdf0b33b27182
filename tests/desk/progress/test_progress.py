# SPDX-License-Identifier: EUPL-1.2
"""What was decided is followed to its end: reports, money, benefit, what is late (R15, R40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.initiatives.models import BenefitLine, Initiative
from casework.process import services
from casework.process.audit import step_faults
from casework.process.enums import Light
from casework.process.models import Process, Progress
from casework.process.progress import Tertial, carried, owed_by, promises_of
from casework.register.services import mark_secret
from tests import small_city as small
from tests.small_city import SmallCity


@pytest.fixture
def started(city: SmallCity) -> Iterator[Initiative]:
    """One that was decided and whose work has begun; the time stands some months later."""
    initiative = city.initiatives["decided"]
    BenefitLine.objects.filter(initiative=initiative).delete()
    BenefitLine.objects.create(
        initiative=initiative, group="citizens", level=4, measure="Andel digitala intyg"
    )
    services.start_implementation(initiative=initiative, actor=city.people["handlaggare"])
    begun = Tertial.of(timezone.localdate())
    with time_machine.travel(
        dt.datetime.combine(begun.ends_on + dt.timedelta(days=5), dt.time(12), dt.UTC), tick=False
    ):
        yield initiative


def _report(city: SmallCity, initiative: Initiative, **fields: object) -> Progress:
    values: dict[str, object] = {
        "tertial": Tertial.of(timezone.localdate()).before,
        "light": Light.YELLOW,
        "words": "Upphandlingen drog ut på tiden.",
        "spent_tkr": 400,
        "actor": city.people["handlaggare"],
        **fields,
    }
    return services.report_progress(initiative=initiative, **values)  # type: ignore[arg-type]


def _page(city: SmallCity, who: str, name: str, *args: object) -> str:
    client = Client()
    client.force_login(city.people[who])
    return client.get(reverse(name, args=args)).content.decode()


def test_a_tertial_ends_and_its_report_is_due_twenty_days_later() -> None:
    assert str(Tertial.of(dt.date(2027, 4, 30))) == "T1 2027"
    assert Tertial.of(dt.date(2027, 5, 1)) == Tertial(2027, 2)
    assert Tertial(2027, 2).ends_on == dt.date(2027, 8, 31)
    assert Tertial(2027, 3).due_on == dt.date(2028, 1, 20)
    assert Tertial(2027, 1).before == Tertial(2026, 3)


def test_a_report_is_owed_from_the_tertials_end_and_late_after_its_day(
    city: SmallCity, started: Initiative
) -> None:
    for who in ("handlaggare", "kontakt"):
        (row,) = owed_by(city.people[who])
        assert row.process.initiative == started
        assert not row.is_late
        assert "Lägesrapporter att skriva" in _page(city, who, "wagtailadmin_home")
    with time_machine.travel(timezone.now() + dt.timedelta(days=30), tick=False):
        assert carried(started.process).is_late
        assert "försenad" in _page(city, "slk", "desk_progress")
    _report(city, started)
    assert owed_by(city.people["kontakt"]) == []


def test_benefit_stands_against_what_was_promised(city: SmallCity, started: Initiative) -> None:
    first = _report(city, started, benefits={"citizens": 2})
    (row,) = promises_of(started, [first])
    assert (row.promised, row.reached, row.is_short) == (4, 2, True)
    services.finish_implementation(initiative=started, actor=city.people["handlaggare"])
    second = _report(
        city, started, benefits={"citizens": 4}, tertial=Tertial.of(timezone.localdate())
    )
    (row,) = promises_of(started, [first, second])
    assert (row.reached, row.is_short) == (4, False)


def test_spending_more_than_was_granted_shows(city: SmallCity, started: Initiative) -> None:
    _report(city, started, spent_tkr=1300)
    row = carried(started.process)
    assert (row.granted_tkr, row.is_over) == (1250, True)
    page = _page(city, "slk", "desk_progress")
    assert "Gult" in page
    assert "Upphandlingen drog ut på tiden." in page
    assert "(över)" in page


def test_what_cannot_be_reported_is_refused(city: SmallCity, started: Initiative) -> None:
    now = Tertial.of(timezone.localdate())
    for fields in (
        {"words": " "},
        {"light": "blue"},
        {"spent_tkr": -1},
        {"tertial": Tertial(now.year + 1, 1)},
        {"benefits": {"citizens": 9}},
        {"benefits": {"fiskar": 1}},
    ):
        with pytest.raises(ValidationError):
            _report(city, started, **fields)
    with pytest.raises(ValidationError, match="när genomförandet har börjat"):
        _report(city, city.initiatives["registered"])


def test_the_contact_person_reports_on_the_page_of_the_case(
    city: SmallCity, started: Initiative
) -> None:
    client = Client()
    client.force_login(city.people["kontakt"])
    address = reverse("desk_report_progress", args=[started.pk])
    assert address in _page(city, "kontakt", "desk_case", started.case_id)
    form = {
        "tertial": f"{Tertial.of(timezone.localdate()).before.year}"
        f"-{Tertial.of(timezone.localdate()).before.number}",
        "light": "green",
        "words": "Allt går som det ska.",
        "spent_tkr": "1 050",
        "benefit_citizens": "3",
    }
    assert client.post(address, form | {"spent_tkr": "mycket"}).status_code == 422
    assert client.post(address, form).status_code == 302
    report = Progress.objects.get(initiative=started)
    assert (report.spent_tkr, report.benefits) == (1050, {"citizens": 3})
    page = _page(city, "slk", "desk_case", started.case_id)
    assert "Allt går som det ska." in page
    assert address not in page


def test_a_secret_case_is_not_in_the_list(city: SmallCity, started: Initiative) -> None:
    _report(city, started)
    assert started.case is not None
    mark_secret(
        case=city.case("decided"), provision="OSL 26 kap. 1 §", actor=city.people["registrator"]
    )
    page = _page(city, "slk", "desk_progress")
    assert "Upphandlingen" not in page
    assert city.case("decided").dnr not in page


def test_the_audit_finds_a_report_that_was_slipped_in(city: SmallCity, started: Initiative) -> None:
    report = _report(city, started)
    assert list(step_faults()) == []
    report.pk = None
    report.spent_tkr = 1
    report.save()
    assert len(list(step_faults())) == 1


def test_the_committee_follows_the_years_e_services_together(city: SmallCity) -> None:
    small.seat_committee(city)
    initiative = city.initiatives["decided"]
    Initiative.objects.filter(pk=initiative.pk).update(is_eservice=True)
    client = Client()
    client.force_login(city.people["radet"])
    address = f"{reverse('desk_programme')}?ar={city.round.cycle}"
    page = client.get(address).content.decode()
    assert city.case("decided").dnr in page
    assert city.case("rejected").dnr not in page
    saved = client.post(address, {"goals": "Fem nya e-tjänster", "risks": "Få utvecklare"})
    assert saved.status_code == 302
    for who, may in (("slk", True), ("kontakt", False)):
        reader = Client()
        reader.force_login(city.people[who])
        answer = reader.get(address)
        assert (answer.status_code == 200) is may
        if may:
            assert "Fem nya e-tjänster" in answer.content.decode()
            assert reader.post(address, {"goals": "Inga"}).status_code == 422


def test_the_programme_of_a_year_that_is_not_there_does_not_exist(city: SmallCity) -> None:
    client = Client()
    client.force_login(city.people["slk"])
    assert client.get(f"{reverse('desk_programme')}?ar=1900").status_code == 404


def test_nothing_is_carried_out_before_the_decision(city: SmallCity) -> None:
    process = Process.objects.get(initiative=city.initiatives["registered"])
    page = _page(city, "slk", "desk_progress")
    assert city.case("registered").dnr not in page
    assert carried(process).newest is None
