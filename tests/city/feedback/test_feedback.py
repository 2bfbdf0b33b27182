# SPDX-License-Identifier: EUPL-1.2
"""Telling that something cannot be used."""

from __future__ import annotations

from django.test import Client

from ops.models import FaultReport
from tests.small_city import SmallCity


def test_fault_report(client: Client, city: SmallCity) -> None:
    page = client.post("/tillganglighet/", {"text": "Knappen går inte att nå."}, follow=True)
    assert "Vi har tagit emot din anmälan" in page.content.decode()
    assert FaultReport.objects.count() == 1
