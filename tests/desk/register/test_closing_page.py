# SPDX-License-Identifier: EUPL-1.2
"""What a case lacks before it is closed, and where each of it is mended (issue 9)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.consultation.services import Asked, open_consultation
from casework.follow_up.services import set_reminder
from casework.register.enums import Direction
from casework.register.services import register_record
from casework.register.services.together import version_of
from docgen.services import create_report
from tests.casework.letters import letter
from tests.desk.told import told
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def test_9_each_thing_that_is_missing_leads_to_where_it_is_mended(
    registrar: Client, city: SmallCity
) -> None:
    actor = city.people["registrator"]
    case = letter(actor, "Fråga om en lykta")
    soon = timezone.localdate() + dt.timedelta(days=9)
    answer = register_record(
        case=case, actor=actor, direction=Direction.OUTGOING, title="Svar",
        received_date=timezone.localdate(),
    )  # fmt: skip
    set_reminder(case=case, day=soon, what="Ring", user=actor, actor=actor)
    open_consultation(
        case=case, consultees=[Asked(name="Föreningen")], question="Vad tycker ni?",
        deadline=soon, actor=actor,
    )  # fmt: skip
    report = create_report(case=case, actor=actor)
    page = registrar.get(reverse("desk_caretake", args=[case.pk, "avsluta"])).content.decode()
    at = reverse("desk_case", args=[case.pk])
    for address, words in {
        reverse("desk_dispatch", args=[answer.pk]): f"Inte expedierat: {answer.dnr}.",
        f"{at}#reminders": f"Bevakningen den {soon} är inte klar.",
        f"{at}#remiss": "Remiss 1 är inte avslutad.",
        reverse("docgen:report", args=[report.pk]): "är varken färdigställt eller rensat.",
    }.items():
        assert f'<a href="{address}">' in page
        assert words in page
        assert registrar.get(address.partition("#")[0]).status_code == 200
    shown = registrar.get(at).content.decode()
    assert 'id="reminders"' in shown
    assert 'id="remiss"' in shown


def test_9_many_closed_at_once_say_shortly_which_lack_something(
    registrar: Client, city: SmallCity
) -> None:
    """Each of what was missing in each case stood in one sentence."""
    actor, cases = city.people["registrator"], []
    for number in range(2):
        case = letter(actor, f"Brev {number}")
        day = timezone.localdate() + dt.timedelta(days=number)
        set_reminder(case=case, day=day, what="Ring", user=actor, actor=actor)
        case.refresh_from_db()
        cases.append(case)
    rows = " ".join(f"{case.pk}.{version_of(case)}" for case in cases)
    address = reverse("wagtail_bulk_action", args=["register", "case", "avsluta"])
    sent = {"rows": rows, "outcome": "answered", "decided_on": "i"}
    assert told(registrar.post(address, sent)) == (
        "0 ändrade, 2 hoppades över: något återstår att göra i ärendet "
        f"({cases[0].dnr}, {cases[1].dnr})."
    )
    assert told(registrar.post(address, sent | {"despite": "Besvarat."})) == "2 ändrade."
