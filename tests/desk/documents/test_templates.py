# SPDX-License-Identifier: EUPL-1.2
"""Word templates at the desk: put in, checked, taken into use by the administrator (R51, R60)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.organisation.models import Authority, User
from docgen.engine.ooxml import w
from docgen.engine.package import Package
from docgen.models import DocumentTemplate
from docgen.services.generation import SHIPPED, active_template
from tests.docgen.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, city: Authority) -> Client:
    user = person("admin", city, "administrator")
    assert not user.is_superuser
    client.force_login(user)
    return client


def _template(*, broken: bool = False) -> bytes:
    package = Package.read(SHIPPED.read_bytes())
    for element in package.xml(package.document).iter(w("t")):
        if element.text == "Handläggare":
            element.text = "{{ kod }}" if broken else "Kontaktperson"
    return package.save()


def _upload(data: bytes, version: str = "2") -> dict[str, object]:
    return {
        "name": "Stadens mall",
        "version": version,
        "file": SimpleUploadedFile("mall.docx", data),
    }


def test_from_upload_over_the_check_into_use(admin: Client) -> None:
    page = admin.get(reverse("docgen:templates")).content.decode()
    assert "Produktens egen mall" in page
    answer = admin.post(reverse("docgen:templates"), _upload(_template()))
    row = DocumentTemplate.objects.get()
    here = reverse("docgen:template", args=[row.pk])
    assert answer["Location"] == here
    assert not row.is_active
    assert active_template().row is None
    text = admin.get(here).content.decode()
    assert "Kontrollen" in text
    assert "Ta Stadens mall 2 i bruk" in text
    told = admin.post(here, follow=True).content.decode()
    assert "Stadens mall 2 används nu för nya Word-filer." in told
    assert active_template().row == row
    got = admin.get(reverse("docgen:template_file", args=[row.pk]))
    assert got.getvalue()[:2] == b"PK"
    back = admin.post(reverse("docgen:templates"), {"shipped": "1"}, follow=True)
    assert "Produktens egen mall används nu." in back.content.decode()
    assert active_template().row is None


def test_faults_are_told_and_nothing_is_kept(admin: Client) -> None:
    address = reverse("docgen:templates")
    answer = admin.post(address, _upload(_template(broken=True)))
    assert answer.status_code == 422
    told = answer.context["form"].errors["file"]
    assert any("kod" in sentence for sentence in told)
    answer = admin.post(address, _upload(b"inget"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert admin.post(address, {"name": "", "version": ""}).status_code == 422
    assert not DocumentTemplate.objects.exists()
    admin.post(address, _upload(_template()))
    taken = admin.post(address, _upload(_template()))
    assert taken.context["form"].errors == {
        "version": ["Det finns redan en mall med den versionen."]
    }


def test_6_what_the_check_finds_is_told_without_codes(admin: Client) -> None:
    answer = admin.post(reverse("docgen:templates"), _upload(b"inget"))
    assert answer.context["form"].errors == {"file": ["Filen är inte en hel Word-fil (.docx)."]}


def test_others_do_not_see_the_templates(admin: Client, officer: User) -> None:
    admin.post(reverse("docgen:templates"), _upload(_template()))
    row = DocumentTemplate.objects.get()
    client = Client()
    client.force_login(officer)
    for address in (
        reverse("docgen:templates"),
        reverse("docgen:template", args=[row.pk]),
        reverse("docgen:template_file", args=[row.pk]),
    ):
        assert client.get(address).status_code in (302, 403), address
        assert client.post(address, _upload(_template(), "3")).status_code in (302, 403, 405)
    row.refresh_from_db()
    assert not row.is_active
    assert DocumentTemplate.objects.count() == 1
