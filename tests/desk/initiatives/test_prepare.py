# SPDX-License-Identifier: EUPL-1.2
"""The contact person's preparation stands beside the originator's words, never over them (R55)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.process import services
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def test_issue_6_a_yes_of_the_originator_survives_a_saved_preparation(
    client: Client, city: SmallCity
) -> None:
    initiative = small.draft(city, "Kölapp till badhuset", eservice=True)
    services.submit(initiative=initiative, actor=city.people["larare"])
    client.force_login(city.people["kontakt"])
    address = reverse("desk_prepare", args=[initiative.pk])
    form = client.get(address).context["form"]
    assert form["is_eservice"].value() is True
    sent = {
        field.html_name: "on"
        for field in form
        if field.field.widget.__class__.__name__ == "CheckboxInput" and field.value()
    }
    assert client.post(address, {**sent, "goal": "Tillgängligt för alla."}).status_code == 302
    initiative.refresh_from_db()
    assert initiative.is_eservice


def test_a_box_that_is_cleared_is_an_answer(client: Client, city: SmallCity) -> None:
    initiative = small.draft(city, "Kölapp till badhuset", eservice=True)
    services.submit(initiative=initiative, actor=city.people["larare"])
    client.force_login(city.people["kontakt"])
    address = reverse("desk_prepare", args=[initiative.pk])
    assert client.post(address, {"goal": "Tillgängligt för alla."}).status_code == 302
    initiative.refresh_from_db()
    assert not initiative.is_eservice
