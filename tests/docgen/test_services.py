# SPDX-License-Identifier: EUPL-1.2
"""Reports from beginning to Word file and back, through the services."""

from __future__ import annotations

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from casework.consultation.services import state_no_consultation
from casework.journal.models import JournalEntry
from docgen import services
from docgen.engine.ooxml import w
from docgen.engine.package import Package
from docgen.enums import GenerationState
from docgen.models import Report
from docgen.services.building import content_of, hash_of

pytestmark = pytest.mark.django_db


def _actions(case):
    return list(JournalEntry.objects.filter(subject=case.subject).values_list("action", flat=True))


def _edited(data: bytes, before: str, after: str) -> bytes:
    """The file with one text exchanged, as if somebody had typed."""
    package = Package.read(data)
    hits = [x for x in package.xml(package.document).iter(w("t")) if before in (x.text or "")]
    assert hits
    hits[-1].text = hits[-1].text.replace(before, after)
    return package.save()


def test_a_new_report_is_prefilled_and_made_once(case, officer):
    report = services.create_report(case=case, actor=officer)
    again = services.create_report(case=case, actor=officer)
    assert again.pk == report.pk
    assert Report.objects.count() == 1
    content = content_of(report.get_latest_revision_as_object())
    assert content.title == case.title
    assert [s.heading for s in content.sections] == [
        "Sammanfattning",
        "Bakgrund",
        "Ärendet",
        "Ärendets beredning",
        "Stadsledningskontorets synpunkter",
    ]
    assert content.officers[0].name == "Handlaggare Ek"
    assert _actions(case).count("docgen.report_created") == 1


def test_ids_and_content_survive_revisions(historic_case, officer, founding_data, founding):
    report = services.load_founding_report(historic_case, founding_data, actor=officer)
    assert (
        services.load_founding_report(historic_case, founding_data, actor=officer).pk == report.pk
    )
    fresh = Report.objects.get(pk=report.pk).get_latest_revision_as_object()
    assert hash_of(content_of(fresh)) == hash_of(content_of(report))
    content = content_of(fresh)
    assert content.decisions == founding.decisions
    assert content.sections == founding.sections
    assert content.consultation == founding.consultation
    assert content.dissents == ()  # the reservation of 2008 is no part of the paper of 2007


def test_generation_has_a_visible_state(case, officer, django_capture_on_commit_callbacks):
    report = services.create_report(case=case, actor=officer)
    with django_capture_on_commit_callbacks(execute=True):
        document = services.request_generation(report=report, actor=officer)
        assert document.state == GenerationState.PENDING
    document.refresh_from_db()
    assert document.state == GenerationState.DONE, document.error
    assert document.pages == 1
    assert document.signature_page == 1
    assert document.file.read()[:2] == b"PK"
    assert {"docgen.generation_requested", "docgen.generated"} <= set(_actions(case))


def test_a_double_click_orders_one_file(case, officer):
    report = services.create_report(case=case, actor=officer)
    first = services.request_generation(report=report, actor=officer)
    assert services.request_generation(report=report, actor=officer).pk == first.pk


def test_a_broken_template_ends_as_a_failed_order_in_words(case, officer, monkeypatch):
    from docgen.services import generation

    report = services.create_report(case=case, actor=officer)
    document = services.request_generation(report=report, actor=officer)
    broken = generation.UsedTemplate("x", b"not a file")
    monkeypatch.setattr(generation, "template_from", lambda row: broken)
    services.run_generation(document.pk)
    document.refresh_from_db()
    assert document.state == GenerationState.FAILED
    assert "Word-fil" in document.error


def test_render_report_takes_any_spelling(historic_case, officer, founding_data, tmp_path):
    services.load_founding_report(historic_case, founding_data, actor=officer)
    made = []
    for n, spelling in enumerate(("031-3884/2007", "dnr 031–3884/07", "2007/3884")):
        out = tmp_path / f"{n}.docx"
        call_command("render_report", spelling, "--out", str(out), stdout=io.StringIO())
        made.append(out.read_bytes())
    assert made[0] == made[1] == made[2]
    with pytest.raises(CommandError, match="Inget ärende"):
        call_command("render_report", "031-1/1999", "--out", str(tmp_path / "x.docx"))


def test_what_comes_back_is_read_and_taken_over(
    case, officer, tmp_path, django_capture_on_commit_callbacks
):
    report = services.create_report(case=case, actor=officer)
    with django_capture_on_commit_callbacks(execute=True):
        document = services.request_generation(report=report, actor=officer)
    document.refresh_from_db()
    data = document.file.read()
    unchanged = tmp_path / "a.docx"
    unchanged.write_bytes(data)
    out = io.StringIO()
    call_command("read_back", str(unchanged), stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["changes"] == []
    assert answer["dnr"] == case.dnr

    edited = _edited(data, "godkänns", "godkänns & gäller från 2027")
    upload = SimpleUploadedFile("svar.docx", edited)
    row = services.receive_returned(report=report, file=upload, actor=officer)
    assert [(x["kind"], x["key"], x["applicable"]) for x in row.changes] == [
        ("changed", "decision.text", True)
    ]
    services.apply_returned(row=row, chosen=[0], actor=officer)
    newest = Report.objects.get(pk=report.pk).get_latest_revision_as_object()
    assert (
        newest.decision_groups.get().points.all()[0].text.endswith("godkänns & gäller från 2027.")
    )
    with pytest.raises(ValidationError):
        services.apply_returned(row=row, chosen=[0], actor=officer)
    assert {"docgen.return_read", "docgen.return_applied"} <= set(_actions(case))


def test_a_change_made_meanwhile_is_a_conflict(case, officer):
    report = services.create_report(case=case, actor=officer)
    data = services.render(report)
    newest = report.get_latest_revision_as_object()
    newest.title = "En tredje rubrik"
    services.save_draft(report=newest, actor=officer)
    edited = _edited(data, "Gemensam kartplattform", "En andra rubrik")
    returned = services.read_returned(edited)
    changes = {x.key: x for x in returned.changes}
    # The last place with the old title is the decision point; the title itself was not touched.
    assert set(changes) == {"decision.text"}
    assert not changes["decision.text"].conflict


def test_files_of_others_and_hostile_files_are_refused(case, officer):
    report = services.create_report(case=case, actor=officer)
    for name, data in (
        ("x.docx", b"nothing"),
        ("y.docx", services.generation.SHIPPED.read_bytes()),
    ):
        with pytest.raises(ValidationError):
            services.receive_returned(
                report=report, file=SimpleUploadedFile(name, data), actor=officer
            )


def test_a_citys_own_template_is_checked_and_then_used(case, officer, tmp_path):
    report = services.create_report(case=case, actor=officer)
    shipped = services.render(report)
    package = Package.read(services.generation.SHIPPED.read_bytes())
    for element in package.xml(package.document).iter(w("t")):
        if element.text == "Handläggare":
            element.text = "Kontaktperson"
    good = package.save()
    row = services.add_template(data=good, name="Stadens mall", version="2", actor=None)
    ours = services.render(report)
    assert "Kontaktperson" in Package.read(ours).raw("word/document.xml").decode()
    with pytest.raises(ValidationError, match="redan en mall"):
        services.add_template(data=good, name="Stadens mall", version="2", actor=None)
    bad = tmp_path / "bad.docx"
    bad.write_bytes(good[:100])
    with pytest.raises(CommandError):
        call_command("add_template", str(bad), "--as", "3", stdout=io.StringIO())
    services.use_shipped_template(actor=None)
    assert services.render(report) == shipped
    assert row.sha256


def test_an_earlier_document_is_read_against_its_own_template(
    case, officer, django_capture_on_commit_callbacks
):
    report = services.create_report(case=case, actor=officer)
    with django_capture_on_commit_callbacks(execute=True):
        document = services.request_generation(report=report, actor=officer)
    document.refresh_from_db()
    package = Package.read(services.generation.SHIPPED.read_bytes())
    for element in package.xml(package.document).iter(w("t")):
        if element.text == "Till":
            element.text = "Mottagare"
    services.add_template(data=package.save(), name="Stadens mall", version="2", actor=None)
    returned = services.read_returned(document.file.read())
    assert returned.document == document
    assert returned.changes == []


def test_the_remiss_and_links_follow_the_case(case, officer):
    report = services.create_report(case=case, actor=officer)
    state_no_consultation(case=case, reason="Frågan rör bara intern drift.", actor=officer)
    services.request_generation(report=report, actor=officer)
    content = report.documents.get().content
    assert content["consultation"]["reason"] == "Frågan rör bara intern drift."
    shown = "".join(
        x.text or "" for x in Package.read(services.render(report)).xml("word/document.xml").iter()
    )
    assert "Ärendet har inte remitterats. Frågan rör bara intern drift." in shown
