# SPDX-License-Identifier: EUPL-1.2
"""The page that shows what a returned Word file changes (issue 7, Word return)."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.organisation.models import User
from casework.register.models import Case
from docgen import services
from docgen.engine.ooxml import make, w
from docgen.engine.package import Package
from docgen.models import Report, ReturnedDocument
from docgen.services.building import content_of
from docgen.services.reports import newest
from tests.docgen.editing import body_of, control, line_of, run, set_text, tamper_dnr

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def report(case: Case, officer: User) -> Report:
    return services.create_report(case=case, actor=officer)


def hand_in(desk: Client, report: Report, package: Package) -> tuple[str, str]:
    """The page's address and text after handing a file in."""
    upload = SimpleUploadedFile("svar.docx", package.save())
    answer = desk.post(reverse("docgen:receive", args=[report.pk]), {"file": upload})
    address = reverse("docgen:returned", args=[ReturnedDocument.objects.latest("pk").pk])
    assert answer["Location"] == address
    return address, desk.get(address).content.decode()


def sent(report: Report) -> Package:
    return Package.read(services.render(report))


def ticked(text: str) -> list[str]:
    return re.findall(r'name="change" value="(\d+)" checked', text)


def test_removals_and_a_number_of_another_case_tick_nothing(desk, report):
    point = content_of(newest(report)).decisions[0].points[0]
    package = sent(report)
    line = line_of(package, f"decision.text#{point.id}")
    line.getparent().remove(line)
    _, text = hand_in(desk, report, package)
    assert "Borttaget:" in text
    assert 'name="change" value="0"' in text
    assert not ticked(text)

    package = sent(report)
    set_text(control(package, "title"), "Ny rubrik")
    _, text = hand_in(desk, report, package)
    assert ticked(text) == ["0"]
    tamper_dnr(package, "default", "KS 2099/1")
    _, text = hand_in(desk, report, package)
    assert "Diarienumret är ändrat i filen." in text
    assert "Ändrat i sidhuvudet på följande sidor." in text
    assert not ticked(text)


def test_the_present_text_stands_beside_the_files(desk, report, officer):
    package = sent(report)
    set_text(control(package, "title"), "Filens rubrik")
    mine = newest(report)
    mine.title = "Min <b>rubrik"
    services.save_draft(report=mine, actor=officer)
    _, text = hand_in(desk, report, package)
    place = text.index("Står här nu")
    assert "Min &lt;b&gt;rubrik" in text[place:]
    assert "Skickades ut" in text[place:]
    assert "Gemensam kartplattform" in text[place:]
    assert "Filens rubrik" in text[text.index("I filen</dt>") :]


def test_what_cannot_be_taken_over_is_told_with_its_place(desk, report):
    package = sent(report)
    point = content_of(newest(report)).decisions[0].points[0]
    content = control(package, f"decision.text#{point.id}").find(w("sdtContent"))
    content.append(make("ins", run(" <Tillagt>.")))
    body_of(package).append(make("tbl", make("tr", make("tc", make("p", run("cell"))))))
    _, text = hand_in(desk, report, package)
    assert "Spårat tillägg" in text
    assert "(vid fältet Beslutspunkt)" in text
    assert "&lt;Tillagt&gt;." in text
    assert "Tabell, som inte kan föras in som tabell" in text


def test_an_overlong_title_is_refused_by_name_on_the_page(desk, report):
    package = sent(report)
    set_text(control(package, "title"), "R" * 600)
    address, text = hand_in(desk, report, package)
    assert "Kan inte föras in som det är:" in text
    assert not ticked(text)
    answer = desk.post(address, {"change": ["0"]}, follow=True).content.decode()
    assert "Ärendets rubrik: " in answer
    assert newest(report).title != "R" * 600


def test_the_editor_offers_bodies_with_their_points(desk, report):
    text = desk.get(reverse("docgen_text:edit", args=[report.pk])).content.decode()
    assert 'name="decision_groups-0-points-TOTAL_FORMS"' in text
    assert 'name="decision_groups-0-lead"' in text
