# SPDX-License-Identifier: EUPL-1.2
"""What load balancers are told."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from django.test import Client


def test_health_tells_of_database_worker_and_disk(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/halsa/").json() == {"database": "ok", "worker": "silent", "disk": "ok"}
    monkeypatch.setattr(shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(1, 1, 0))
    assert client.get("/halsa/").json()["disk"] == "low"


def test_7_a_balancer_asks_by_address(client: Client, db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["staden.example"]
    assert client.get("/halsa/", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400
