# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case offers is what the services accept, for each role and state."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.organisation.models import Authority
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries, Record
from casework.register.services import (
    close_case,
    mark_secret,
    merge_cases,
    publish,
    register_case,
    register_record,
    void_case,
)
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

ROLES = ("registrator", "handlaggare", "slk", "kontakt", "lasare", "ordforande")
REASON = "Så är det."


def letter(city: SmallCity, title: str) -> Case:
    """A letter that nobody has, with a record."""
    actor = city.people["registrator"]
    case = register_case(
        series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
        case_type=CaseType.LETTER,
        title=title,
        received_date=dt.date(2026, 1, 7),
        actor=actor,
    )
    register_record(
        case=case, direction="in", title=title, received_date=dt.date(2026, 1, 7), actor=actor
    )
    return case


def close(city: SmallCity, case: Case) -> None:
    """Answered."""
    close_case(case=case, outcome="answered", decided_on=None, actor=city.people["registrator"])


def join(city: SmallCity, case: Case) -> None:
    """It is another's matter."""
    into, actor = letter(city, "Samma sak"), city.people["registrator"]
    merge_cases(case=case, into=into, reason=REASON, actor=actor)


def void(city: SmallCity, case: Case) -> None:
    """It should not have been."""
    void_case(case=case, reason=REASON, actor=city.people["registrator"])


def secret(city: SmallCity, case: Case) -> None:
    """Marked."""
    actor = city.people["registrator"]
    mark_secret(case=case, provision="OSL 21:1", reason=REASON, actor=actor)


def show(city: SmallCity, case: Case) -> None:
    """In the web diary."""
    publish(case=case, actor=city.people["registrator"])


def closed_void(city: SmallCity, case: Case) -> None:
    """First the one, then the other."""
    close(city, case)
    void(city, case)


def shown_joined(city: SmallCity, case: Case) -> None:
    """Everybody sees it, and it is another's matter."""
    show(city, case)
    join(city, case)


STATES: dict[str, Callable[[SmallCity, Case], None]] = {
    "open": lambda city, case: None,
    "closed": close,
    "void": void,
    "joined": join,
    "secret": secret,
    "shown": show,
    "closed and void": closed_void,
    "shown and joined": shown_joined,
}


def sent(city: SmallCity, name: str, role: str) -> dict[str, object]:
    """What is filled in."""
    officer, other = city.people["handlaggare"].pk, letter(city, "Ett annat")
    soon = str(timezone.localdate() + dt.timedelta(days=9))
    given: dict[str, dict[str, object]] = {
        "handlaggare": {"officer": officer},
        "lamna-over": {"user": officer},
        "bevaka": {"day": soon, "what": "Ring", "user": city.people[role].pk},
        "svarsdag": {"due_on": soon},
        "koppla": {"kind": "related", "number": other.dnr},
        "nummer": {"number": "KS 1999/77"},
        "ratta": {
            "title": "Rättat",
            "case_type": "letter",
            "received_date": "2026-01-07",
            "reason": REASON,
        },
        "behorighet": {"user": city.people["larare"].pk, "reason": REASON},
        "sekretess": {"provision": "OSL 21:1", "reason": REASON},
        "avsluta": {"outcome": "answered", "decided_on": "i", "despite": REASON},
        "sammanfor": {"number": other.dnr, "reason": REASON},
        "overlamna": {"authority": elsewhere().pk, "reason": REASON},
        "remiss": {"others": "Föreningen", "question": "Vad tycker ni?", "deadline": soon},
    }
    return given.get(name, {"reason": REASON})


def elsewhere() -> Authority:
    """To which a case can be handed over."""
    return Authority.objects.get_or_create(code="SBN", defaults={"name": "Nämnden"})[0]


@pytest.mark.parametrize("state", STATES)
def test_9_each_thing_that_a_case_offers_is_accepted(city: SmallCity, state: str) -> None:
    elsewhere()
    case = letter(city, "Skrivelse")
    STATES[state](city, case)
    client = Client()
    page = reverse("desk_case", args=[case.pk])
    offered: dict[str, set[str]] = {}
    for role in ROLES:
        if role not in city.people:
            continue
        client.force_login(city.people[role])
        answer = client.get(page)
        if answer.status_code == 404:
            continue
        html = answer.content.decode()
        offered[role] = set(re.findall(rf'href="{page}gor/([\w-]+)/"', html))
        for name in offered[role]:
            address = reverse("desk_caretake", args=[case.pk, name])
            with transaction.atomic():
                opened = client.get(address, follow=True)
                assert opened.status_code == 200, (role, name)
                if not opened.redirect_chain:
                    done = client.post(address, sent(city, name, role))
                    assert done.status_code == 302, (role, name, done.context["form"].errors)
                transaction.set_rollback(True)
        for way in ("desk_register_record", "docgen:start"):
            address = reverse(way, args=[case.pk])
            shown = f'href="{address}"' in html
            assert (client.get(address).status_code == 200) is shown or way == "docgen:start"
            if shown:
                offered[role].add(way)
    shut = {
        "koppla", "nummer", "ratta", "behorighet", "sekretess", "havsekretess", "avpublicera"
    }  # fmt: skip
    assert "ratta" in offered["registrator"]
    for role, names in offered.items():
        if not Case.objects.get(pk=case.pk).is_live:
            assert names <= shut, role
        else:
            assert ("desk_register_record" in names) is (role in {"registrator", "handlaggare"})
        assert ("oppna" in names) is (state == "closed" and role == "registrator")


def test_9_a_joined_case_says_where_its_records_are_registered(
    registrar: Client, city: SmallCity
) -> None:
    case = letter(city, "Skrivelse")
    join(city, case)
    into = Case.objects.get(title="Samma sak")
    page = registrar.get(reverse("desk_case", args=[case.pk])).content.decode()
    assert f'Nya handlingar registreras i <a href="/admin/arende/{into.pk}/">{into.dnr}' in page
    typed = registrar.get(reverse("desk_register_record", args=[case.pk]))
    assert typed["Location"] == reverse("desk_case", args=[into.pk])
    assert Record.objects.filter(case=case).count() == 1


def test_9_an_initiative_in_a_round_is_not_offered_to_be_joined(
    registrar: Client, city: SmallCity
) -> None:
    """A button led to a form that was refused."""
    for initiative in city.initiatives.values():
        initiative.refresh_from_db()
        if initiative.case is None:
            continue
        page = registrar.get(reverse("desk_case", args=[initiative.case_id])).content.decode()
        live = initiative.process.live_candidacy is not None
        shown = "gor/sammanfor/" in page
        assert shown is (not live and initiative.case.closed_at is None)
