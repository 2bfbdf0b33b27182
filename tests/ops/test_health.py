# SPDX-License-Identifier: EUPL-1.2
"""What load balancers are told."""

from __future__ import annotations

from django.test import Client


def test_health_tells_of_database_and_worker(client: Client, db: None) -> None:
    assert client.get("/halsa/").json() == {"database": "ok", "worker": "silent"}
