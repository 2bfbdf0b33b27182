# SPDX-License-Identifier: EUPL-1.2
"""Orders of files: many by one start, and none that stays "skapas" for ever (issue 7)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from docgen import services
from docgen.enums import GenerationState
from docgen.models import LOST, GeneratedDocument
from docgen.pdf import PdfUnavailable
from docgen.services import generation

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(case, officer):
    report = services.create_report(case=case, actor=officer)
    made = services.request_generation(report=report, actor=officer)
    services.run_generation(made.pk)
    made.refresh_from_db()
    return made


def test_an_order_that_died_with_its_worker_can_be_made_again(client, document, officer):
    """It stood as "skapas" for ever, and the page had no button."""
    client.force_login(officer)
    services.request_pdf(document=document, actor=officer)
    GeneratedDocument.objects.filter(pk=document.pk).update(pdf_state=GenerationState.RUNNING)
    document.refresh_from_db()
    assert document.is_underway
    services.request_pdf(document=document, actor=officer)
    document.refresh_from_db()
    assert document.pdf_state == GenerationState.RUNNING  # somebody is at work on it
    GeneratedDocument.objects.filter(pk=document.pk).update(
        pdf_ordered_at=timezone.now() - LOST - dt.timedelta(minutes=1)
    )
    document.refresh_from_db()
    assert not document.is_underway
    text = client.get(reverse("docgen:report", args=[document.report_id])).content.decode()
    assert "PDF-filen blev aldrig klar" in text
    assert "hx-get" not in text
    services.request_pdf(document=document, actor=officer)
    document.refresh_from_db()
    assert document.pdf_state == GenerationState.PENDING


def test_a_word_file_that_never_came_is_told(client, document, officer):
    client.force_login(officer)
    GeneratedDocument.objects.filter(pk=document.pk).update(
        state=GenerationState.RUNNING, created_at=timezone.now() - LOST - dt.timedelta(minutes=1)
    )
    text = client.get(reverse("docgen:report", args=[document.report_id])).content.decode()
    assert "Word-filen blev aldrig klar" in text
    assert "hx-get" not in text


def test_one_start_of_libreoffice_serves_all_who_wait(document, officer, monkeypatch):
    report = document.report
    newest = report.get_latest_revision_as_object()
    newest.title = "En annan rubrik"
    services.save_draft(report=newest, actor=officer)
    other = services.request_generation(report=report, actor=officer)
    services.run_generation(other.pk)
    asked: list[int] = []

    def to_pdfs(files):
        asked.append(len(files))
        return [b"%PDF-1" if n else PdfUnavailable("Nej.") for n in range(len(files))]

    monkeypatch.setattr(generation, "to_pdfs", to_pdfs)
    for row in (document, other):
        services.request_pdf(document=row, actor=officer)
    for row in (document, other):
        services.run_pdf(row.pk)
    assert asked == [2]
    states = GeneratedDocument.objects.values_list("pdf_state", "pdf_error")
    assert sorted(states) == [("done", ""), ("failed", "Nej.")]


def test_a_fault_of_ours_ends_the_order_too(document, officer, monkeypatch):
    def to_pdfs(files):
        raise RuntimeError

    monkeypatch.setattr(generation, "to_pdfs", to_pdfs)
    services.request_pdf(document=document, actor=officer)
    services.run_pdf(document.pk)
    document.refresh_from_db()
    assert document.pdf_state == GenerationState.FAILED
    assert "Försök igen" in document.pdf_error
