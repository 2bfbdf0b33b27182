# SPDX-License-Identifier: EUPL-1.2
"""A registrar sees the public face before it is public, and publishes what was seen (issue 9)."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.register import services as register
from casework.register.audit import verify_register
from casework.register.models import Case, NumberSeries, PublicCase, Record
from tests.small_city import SmallCity


def letter(city: SmallCity) -> tuple[Case, list[Record]]:
    """A case with a sender, and records of which one is secret."""
    clerk = city.people["registrator"]
    today = timezone.localdate()
    case = register.register_case(
        series=NumberSeries.objects.get(code="KS"), title="Klagomål från Wqxvsson",
        title_public="Klagomål", party="Wqxvsson", received_date=today, actor=clerk,
    )  # fmt: skip
    titles = (("Brev", ""), ("Karta", ""), ("Wqxvintyg", "OSL 21:1"))
    records = [
        register.register_record(
            case=case, direction="in", title=title, received_date=today, actor=clerk,
            secrecy_provision=provision,
            files=[SimpleUploadedFile("Wqxvfil.pdf", b"%PDF-1.7 x\n%%EOF")],
        )
        for title, provision in titles
    ]  # fmt: skip
    return case, records


def preview_of(page: str) -> str:
    """The public page inside the desk's."""
    found = re.search(r'srcdoc="([^"]*)"', page)
    assert found, "no preview"
    return html.unescape(found[1])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def main_of(page: str) -> str:
    """What a public page says in its middle."""
    return page[page.index("<main") : page.index("</main>")]


def test_9_what_is_previewed_is_what_everybody_gets(registrar: Client, city: SmallCity) -> None:
    case, records = letter(city)
    address = reverse("desk_publish", args=[case.pk])
    page = body(registrar.get(address))
    assert "Klagomål från Wqxvsson" in page  # told as what stays inside
    preview = preview_of(page)
    assert "Wqxv" not in preview
    assert "Enskild" in preview
    default = timezone.localdate() + dt.timedelta(days=settings.PUBLISHED_DAYS)
    assert default.isoformat() in page
    assert not PublicCase.objects.filter(pk=case.pk).exists()
    assert not JournalEntry.objects.filter(action="register.published", subject=case.subject)
    file = records[0].files.get()
    choice = {
        "summary": "Om en grind.", "until": default.isoformat(), "records": [records[0].pk],
        "readable": [file.pk],
    }  # fmt: skip
    seen = body(registrar.post(address, {**choice, "do": "preview"}))
    assert "Karta" not in preview_of(seen)
    token = re.search(r'name="seen" value="(\w+)"', seen)
    assert token
    unseen = registrar.post(address, {**choice, "until": "", "seen": token[1], "do": "publish"})
    assert unseen.status_code == 422
    assert "Du har ändrat något" in body(unseen)
    done = registrar.post(address, {**choice, "seen": token[1], "do": "publish"})
    assert done.status_code == 302
    case.refresh_from_db()
    assert (case.is_published, case.published_until) == (True, default)
    public = Client().get(f"/arende/{case.public.slug}/").content.decode()
    assert main_of(public) == main_of(preview_of(seen))
    assert Client().get(reverse("public_file", args=[file.pk])).status_code == 200
    assert verify_register().faults == []


def test_9_records_are_taken_back_by_the_same_page(registrar: Client, city: SmallCity) -> None:
    case, records = letter(city)
    clerk = city.people["registrator"]
    register.publish(case=case, actor=clerk)
    register.publish_record(record=records[0], actor=clerk)
    address = reverse("desk_publish", args=[case.pk])
    choice: dict[str, Any] = {"summary": "", "until": "", "records": [records[1].pk]}
    seen = body(registrar.post(address, {**choice, "do": "preview"}))
    token = re.search(r'name="seen" value="(\w+)"', seen)
    assert token
    registrar.post(address, {**choice, "seen": token[1], "do": "publish"})
    shown = case.records.filter(is_published=True)
    assert list(shown) == [records[1]]


def test_9_a_secret_record_cannot_be_chosen_nor_a_secret_case_shown(
    registrar: Client, city: SmallCity
) -> None:
    case, records = letter(city)
    address = reverse("desk_publish", args=[case.pk])
    refused = registrar.post(address, {"records": [records[2].pk], "do": "preview"})
    assert refused.status_code == 422
    assert city.secret is not None
    assert registrar.get(reverse("desk_publish", args=[city.secret.pk])).status_code == 302
    officer = Client()
    officer.force_login(city.people["handlaggare"])
    assert officer.get(address).status_code == 302
    assert officer.get(reverse("desk_publish", args=[city.secret.pk])).status_code == 404


def test_9_the_case_leads_to_the_page(registrar: Client, city: SmallCity) -> None:
    case, _records = letter(city)
    old = reverse("desk_caretake", args=[case.pk, "publicera"])
    assert registrar.get(old)["Location"] == reverse("desk_publish", args=[case.pk])
