# SPDX-License-Identifier: EUPL-1.2
"""The first page and the pages of decisions, without a browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.process.enums import Stage
from ops.heartbeat import beat
from ops.models import WorkerHeartbeat
from tests.desk.counting import queries
from tests.small_city import SmallCity, registered

DASHBOARD_QUERIES = 19
"""What the first page costs an officer, however much waits."""

pytestmark = pytest.mark.django_db


def test_the_first_page_takes_a_constant_number_of_queries(desk: Client, city: SmallCity) -> None:
    before = queries(desk, "/admin/")
    for number in range(5):
        registered(city, f"Ännu en karta {number}")
    assert queries(desk, "/admin/") == before
    assert before <= DASHBOARD_QUERIES


def test_a_stale_page_takes_no_decision(desk: Client, city: SmallCity) -> None:
    initiative = registered(city, "Karta över badplatser")
    address = reverse("desk_decide", args=[initiative.pk, "accept_scope"])
    assert desk.post(address, {"ground": "cross"}).status_code == 302
    again = desk.post(address, {"ground": "cross"})
    assert again.status_code == 422
    assert "Det går inte i det här läget" in again.content.decode()
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.IN_PREPARATION
    assert initiative.process.steps().filter(transition="accept_scope").count() == 1


def test_a_decision_without_mandate_is_refused_in_words(registrar: Client, city: SmallCity) -> None:
    initiative = registered(city, "Karta över lekplatser")
    address = reverse("desk_decide", args=[initiative.pk, "accept_scope"])
    answer = registrar.post(address, {"ground": "cross"})
    assert answer.status_code == 422
    assert "får bara fattas av" in answer.content.decode()
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.REGISTERED


def test_after_signing_out_a_form_leads_to_signing_in_and_back(city: SmallCity) -> None:
    address = reverse("desk_decide", args=[city.initiatives["registered"].pk, "accept_scope"])
    answer = Client().post(address, {"ground": "cross"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/logga-in/?next={address}"


def test_a_silent_worker_is_told_on_the_first_page(desk: Client, city: SmallCity) -> None:
    beat()
    assert "Bakgrundsarbetet står stilla" not in desk.get("/admin/").content.decode()
    WorkerHeartbeat.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    assert "Bakgrundsarbetet står stilla" in desk.get("/admin/").content.decode()
