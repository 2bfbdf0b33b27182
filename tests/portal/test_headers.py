# SPDX-License-Identifier: EUPL-1.2
"""What every answer carries, and what the machine's refusals become."""

from __future__ import annotations

import errno

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from casework.register.models import Case, NumberSeries
from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
from tests.small_city import SmallCity


@pytest.fixture
def registrar(client: Client, city: SmallCity) -> Client:  # noqa: F811
    """The registrar's browser."""
    client.force_login(city.people["registrator"])
    return client


@pytest.mark.parametrize("address", ["/", "/initiativ/", "/admin/", "/diarium/"])
def test_7_pages_of_somebody_signed_in_are_kept_nowhere(registrar: Client, address: str) -> None:
    assert "no-store" in registrar.get(address)["Cache-Control"]


def test_7_logging_out_takes_drafts_out_of_the_browser(registrar: Client) -> None:
    assert "storage" in registrar.post("/logga-ut/")["Clear-Site-Data"]
    assert "Clear-Site-Data" not in registrar.get("/")


@pytest.mark.parametrize("address", ["/", "/admin/", "/admin/registrera/", "/diarium/"])
def test_7_no_script_inside_a_page_runs(registrar: Client, address: str) -> None:
    policy = registrar.get(address)["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert scripts == "script-src 'self'"


def test_7_a_full_disk_is_told_and_nothing_is_registered(
    registrar: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    cases = Case.objects.count()
    form = registrar.get("/admin/registrera/").context["form"]
    answer = registrar.post(
        "/admin/registrera/",
        {
            "token": form["token"].initial,
            "series": NumberSeries.objects.get(code="KS").pk,
            "title": "Klagomål på snöröjning",
            "received_date": timezone.localdate().isoformat(),
            "case_type": "letter",
            "direction": "in",
            "files": SimpleUploadedFile("brev.pdf", b"%PDF-1.7 x\n%%EOF"),
        },
    )
    assert answer.status_code == 507
    assert "Lagringen är full" in answer.content.decode()
    assert Case.objects.count() == cases


@pytest.mark.parametrize("address", ["/", "/admin/registrera/"])
def test_7_a_database_that_is_away_is_told_and_the_page_asks_it_nothing(
    registrar: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """156 of 662 posts were answered with 500, and without a page, while it was stopped."""

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("the connection is closed")

    registrar.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", away)
    answer = registrar.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "svarar inte just nu" in answer.content.decode()
