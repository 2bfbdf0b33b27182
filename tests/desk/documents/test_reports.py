# SPDX-License-Identifier: EUPL-1.2
"""The report at the desk: who gets in, and the way from the case to the file and back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.journal.models import JournalEntry
from casework.register.models import Record
from docgen import services
from docgen.engine.ooxml import w
from docgen.engine.package import Package
from docgen.models import GeneratedDocument, Report, ReturnedDocument
from tests.docgen.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def test_from_the_case_to_the_word_file(desk, case, django_capture_on_commit_callbacks):
    address = reverse("docgen:start", args=[case.pk])
    assert "Börja skriva" in desk.get(address).content.decode()
    assert not Report.objects.exists()
    answer = desk.post(address)
    report = Report.objects.get()
    assert answer.url == reverse("docgen_text:edit", args=[report.pk])
    editor = desk.get(answer.url)
    assert editor.status_code == 200
    assert "Förslag till beslut" in editor.content.decode()

    page = reverse("docgen:report", args=[report.pk])
    assert "Ingen Word-fil är skapad ännu" in desk.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(reverse("docgen:generate", args=[report.pk])).status_code == 302
    document = GeneratedDocument.objects.get()
    text = desk.get(page).content.decode()
    assert "Hämta Word-filen" in text
    assert "hx-get" not in text
    got = desk.get(reverse("docgen:download", args=[document.pk]))
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Disposition"].startswith("attachment; filename=")
    assert document.filename in got["Content-Disposition"]
    assert b"".join(got.streaming_content)[:2] == b"PK"


def test_a_waiting_file_is_polled_and_said_without_scripts(desk, case, officer):
    report = services.create_report(case=case, actor=officer)
    services.request_generation(report=report, actor=officer)
    text = desk.get(reverse("docgen:files", args=[report.pk])).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "Word-filen skapas." in text
    assert "Uppdatera" in text


def test_returned_changes_are_shown_and_taken_over(desk, case, officer):
    report = services.create_report(case=case, actor=officer)
    package = Package.read(services.render(report))
    for element in package.xml(package.document).iter(w("t")):
        if "godkänns" in (element.text or ""):
            element.text = "Ett <nytt> förslag."
    upload = SimpleUploadedFile("svar.docx", package.save())
    answer = desk.post(reverse("docgen:receive", args=[report.pk]), {"file": upload})
    row = ReturnedDocument.objects.get()
    assert answer.url == reverse("docgen:returned", args=[row.pk])
    text = desk.get(answer.url).content.decode()
    assert "&lt;nytt" in text.replace("</ins>", "").replace("<ins>", "")
    assert desk.post(answer.url, {"change": ["0"]}).status_code == 302
    newest = Report.objects.get().get_latest_revision_as_object()
    assert [x.text for x in newest.decision_groups.get().points.all()] == ["Ett <nytt> förslag."]


def test_a_bad_upload_is_told_in_words(desk, case, officer):
    report = services.create_report(case=case, actor=officer)
    upload = SimpleUploadedFile("svar.docx", b"PK\x03\x04 nonsense")
    answer = desk.post(reverse("docgen:receive", args=[report.pk]), {"file": upload}, follow=True)
    assert "inte en hel Word-fil" in answer.content.decode()


def _addresses(report):
    made = [reverse(f"docgen_text:{x}", args=[report.pk]) for x in ("edit", "history")]
    made.append(reverse("docgen_text:revisions_compare", args=[report.pk, "earliest", "latest"]))
    made += [reverse(f"docgen:{x}", args=[report.pk]) for x in ("report", "files")]
    made.append(reverse("docgen:start", args=[report.case_id]))
    return made


def test_a_secret_case_has_no_report_for_others(client, secret_case, officer, city):
    report = services.create_report(case=secret_case, actor=officer)
    services.request_generation(report=report, actor=officer)
    document = GeneratedDocument.objects.get()
    services.run_generation(document.pk)
    other = person("annan", city, "officer")
    client.force_login(other)
    for address in [*_addresses(report), reverse("docgen:download", args=[document.pk])]:
        assert client.get(address).status_code == 404, address
    assert "Skyddat" not in client.get(reverse("docgen_text:list")).content.decode()
    assert client.post(reverse("docgen:generate", args=[report.pk])).status_code == 404
    client.force_login(officer)
    for address in _addresses(report):
        assert client.get(address).status_code in (200, 302), address


def test_readers_see_the_case_but_not_its_report(client, case, officer, reader):
    report = services.create_report(case=case, actor=officer)
    client.force_login(reader)
    for address in _addresses(report):
        assert client.get(address).status_code in (302, 403), address
    assert client.get(reverse("docgen:report", args=[report.pk])).status_code != 200


def _form(report: Report) -> dict[str, str]:
    data = {
        "title": "Ny rubrik",
        "kind_line": "",
        "administration": report.administration,
        "department": "",
        "date": "2026-11-23",
    }
    for name in (
        "decision_groups",
        "decision_groups-0-points",
        "sections",
        "attachments",
        "officers",
        "recipients",
        "signatories",
        "dissents",
    ):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
        data |= {f"{name}-MIN_NUM_FORMS": "0", f"{name}-MAX_NUM_FORMS": "1000"}
    group = report.decision_groups.get()
    point = group.points.get()
    for name, row in (("decision_groups", group), ("decision_groups-0-points", point)):
        data |= {
            f"{name}-TOTAL_FORMS": "1",
            f"{name}-INITIAL_FORMS": "1",
            f"{name}-0-id": str(row.pk),
            f"{name}-0-ORDER": "1",
            f"{name}-0-DELETE": "",
        }
    data |= {
        "decision_groups-0-body": "Kommunstyrelsen",
        "decision_groups-0-lead": "",
        "decision_groups-0-points-0-text": "Ändrad punkt.",
    }
    return data


def test_saving_in_the_editor_keeps_ids_and_is_journalled(desk, case, officer):
    report = services.create_report(case=case, actor=officer)
    uid = report.decision_groups.get().points.get().uid
    answer = desk.post(reverse("docgen_text:edit", args=[report.pk]), _form(report))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    newest = Report.objects.get().get_latest_revision_as_object()
    assert newest.title == "Ny rubrik"
    assert newest.decision_groups.get().points.get().uid == uid
    assert newest.decision_groups.get().points.get().text == "Ändrad punkt."
    assert newest.facts == report.facts
    assert not Report.objects.get().live
    saved = JournalEntry.objects.filter(subject=case.subject, action="docgen.report_saved")
    assert saved.count() == 1


def test_finishing_makes_a_record_and_says_its_number(desk, case, officer):
    """R60."""
    report = services.create_report(case=case, actor=officer)
    page = reverse("docgen:report", args=[report.pk])
    assert "Färdigställ och registrera tjänsteutlåtandet" in desk.get(page).content.decode()
    finish = reverse("docgen:finish", args=[report.pk])
    answer = desk.post(finish, follow=True)
    record = Record.objects.get(case=case, kind="report")
    assert f"registrerat som handling {record.dnr}" in answer.content.decode()
    again = desk.post(finish, follow=True).content.decode()
    assert f"redan registrerad som handling {record.dnr}" in again
    assert Record.objects.filter(case=case, kind="report").count() == 1


def test_readers_finish_nothing(client, case, officer, reader):
    report = services.create_report(case=case, actor=officer)
    client.force_login(reader)
    answer = client.post(reverse("docgen:finish", args=[report.pk]))
    assert answer.status_code in (302, 403)
    assert not Record.objects.filter(case=case, kind="report").exists()
