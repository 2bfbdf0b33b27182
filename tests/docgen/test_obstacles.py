# SPDX-License-Identifier: EUPL-1.2
"""A document that lacks what it must have is stopped, by name (issue 7, R60, R61, R65)."""

from __future__ import annotations

import dataclasses
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from casework.register.services import ensure_series, register_case
from docgen import services
from docgen.content import DecisionGroup, DecisionPoint, Officer, Recipient, ReportContent, Section
from docgen.layout import report_values
from docgen.markup import lost_links, with_addresses
from docgen.models import Report, ReportSection
from docgen.obstacles import obstacles
from docgen.services.building import content_of

OPINION = Section("op", "Stadsledningskontorets synpunkter", "<p>Bra.</p>", 1, "opinion")


@pytest.fixture
def whole(rich_content: ReportContent) -> ReportContent:
    return dataclasses.replace(rich_content, sections=(*rich_content.sections, OPINION))


def test_a_whole_report_has_no_obstacles(whole: ReportContent, founding: ReportContent) -> None:
    assert obstacles(whole) == ()
    assert obstacles(founding) == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "ärendets rubrik"),
        ({"dnr": ()}, "diarienummer"),
        ({"administration": ""}, "förvaltning (avsändare)"),
        ({"date": None}, "datum"),
        ({"officers": ()}, "handläggare"),
        ({"officers": (Officer("o", ""),)}, "handläggarens namn"),
        ({"recipients": ()}, "mottagare"),
        ({"recipients": (Recipient("r", ""),)}, "mottagarens namn"),
        ({"decisions": ()}, "förslag till beslut"),
        ({"decisions": (DecisionGroup("d", "KF", ()),)}, "beslutspunkter för KF"),
        (
            {"decisions": (DecisionGroup("d", "KF", (DecisionPoint("p", "\n "),)),)},
            "beslutspunkt 1 för KF (den är tom)",
        ),
        ({"signatories": ()}, "underskrift"),
        ({"sections": ()}, "avsnitt"),
        ({"sections": (OPINION,)}, "avsnittet Ärendets beredning"),
        ({"consultation": None}, "remiss, eller skälet till att ingen hålls"),
        ({"kind_line": "a\x0bb"}, "slaget av ärende har ett tecken"),
    ],
)
def test_each_thing_that_is_missing_has_its_name(
    whole: ReportContent, changes: dict, sentence: str
) -> None:
    assert any(sentence in x for x in obstacles(dataclasses.replace(whole, **changes)))


@pytest.mark.parametrize("html", ["", "<p></p>", "<p><br/></p>", "<p>\u00a0</p>"])
def test_an_empty_opinion_is_not_left_out_in_silence(whole: ReportContent, html: str) -> None:
    empty = dataclasses.replace(OPINION, html=html)
    content = dataclasses.replace(whole, sections=(*whole.sections[:-1], empty))
    assert obstacles(content) == ("text under ”Stadsledningskontorets synpunkter”",)


def test_the_remiss_is_printed_in_a_section_that_was_typed_anew(whole: ReportContent) -> None:
    """Its key cannot be typed, so the remiss vanished."""
    typed = Section("ny", "Ärendets beredning", "<p>Beredd.</p>")
    kept = [x for x in whole.sections if x.key != "preparation"]
    content = dataclasses.replace(whole, sections=(*kept, typed))
    assert obstacles(content) == ()
    items = report_values(content)["sections"].items  # type: ignore[union-attr]
    (item,) = [x for x in items if x.id == "ny"]
    assert item.values["section.consultation"] is not None


@pytest.fixture
def incomplete(case, officer):
    """No signatures, an empty opinion: what the page must say before the button is pressed."""
    report = services.create_report(case=case, actor=officer)
    newest = report.get_latest_revision_as_object()
    newest.signatories = []
    for section in (sections := list(newest.sections.all())):
        section.body = "" if section.key == "opinion" else section.body
    newest.sections = sections
    services.save_draft(report=newest, actor=officer)
    return report


@pytest.mark.django_db
def test_page_order_registration_and_command_name_what_is_missing(
    client, incomplete, officer, tmp_path
):
    client.force_login(officer)
    page = reverse("docgen:report", args=[incomplete.pk])
    text = client.get(page).content.decode()
    assert "Underskrift" in text
    assert "Text under ”Stadsledningskontorets synpunkter”" in text
    for act in ("generate", "finish"):
        answer = client.post(reverse(f"docgen:{act}", args=[incomplete.pk]), follow=True)
        assert "Det här saknas eller är fel: underskrift; text under" in answer.content.decode()
    assert not incomplete.documents.exists()
    with pytest.raises(CommandError, match="underskrift"):
        call_command("render_report", incomplete.case.dnr, "--out", str(tmp_path / "x.docx"))


@pytest.mark.django_db
def test_a_case_with_neither_remiss_nor_reason_stops(case, city, officer):
    """R65."""
    other = register_case(
        actor=None, series=ensure_series(city), title="Annat", received_date=case.received_date,
        officer=officer,
    )  # fmt: skip
    report = services.create_report(case=other, actor=officer)
    with pytest.raises(ValidationError, match="remiss, eller skälet"):
        services.request_generation(report=report, actor=officer)


@pytest.mark.django_db
def test_a_report_without_sections_can_still_be_looked_at(client, incomplete, officer):
    newest = incomplete.get_latest_revision_as_object()
    newest.sections = []
    services.save_draft(report=newest, actor=officer)
    client.force_login(officer)
    answer = client.get(reverse("docgen:report", args=[incomplete.pk]))
    assert answer.status_code == 200
    assert "Avsnitt" in answer.content.decode()


@pytest.mark.django_db
def test_the_command_tells_of_empty_sections(case, officer, tmp_path):
    services.create_report(case=case, actor=officer)
    said = io.StringIO()
    call_command(
        "render_report", case.dnr, "--out", str(tmp_path / "x.docx"), stdout=said, stderr=said
    )
    assert "Avsnittet ”Bakgrund” är tomt och kom inte med." in said.getvalue()


@pytest.mark.django_db
def test_control_characters_are_refused_at_the_field(case, officer):
    """They were taken away without a word."""
    report = services.create_report(case=case, actor=officer)
    section = ReportSection(report=report, heading="Bakgrund", body="<p>Text med\x0b tecken</p>")
    with pytest.raises(ValidationError) as refused:
        section.full_clean()
    assert "U+000B" in str(refused.value.message_dict["body"])
    report.title = "Rubrik\x1f"
    with pytest.raises(ValidationError) as refused:
        report.full_clean()
    assert "U+001F" in str(refused.value.message_dict["title"])


def test_links_survive_or_are_refused() -> None:
    for href in ("https://a.example/?x=1&y=2", "mailto:a@b.example", "tel:+46850829000"):
        assert lost_links(f'<p><a href="{href}">ord</a></p>') == []
    assert lost_links('<p><a id="3" linktype="page">ord</a></p>') == []
    for href in ("#stycke", "/admin/", "javascript:x", "ftp://a/b"):
        assert lost_links(f'<p><a href="{href}">ord</a></p>') == [href]
        with pytest.raises(ValidationError, match="kan inte stå i ett dokument"):
            ReportSection(heading="x", body=f'<p><a href="{href}">ord</a></p>').clean()


@pytest.mark.django_db
def test_a_link_to_a_page_of_the_site_leads_there_from_the_document(case, officer):
    from wagtail.models import Page, Site

    page = Site.objects.select_related("root_page").first()
    root = page.root_page if page else Page.objects.get(depth=1).add_child(title="S", slug="s")
    if page is None:
        Site.objects.create(hostname="stad.example", root_page=root, is_default_site=True)
    html = f'<p><a id="{root.pk}" linktype="page">sidan</a> och <a href="tel:1">tel</a></p>'
    assert f'<a href="{root.full_url}">sidan</a>' in with_addresses(html)
    report = services.create_report(case=case, actor=officer)
    newest = report.get_latest_revision_as_object()
    newest.sections = [ReportSection(heading="Bakgrund", body=html)]
    services.save_draft(report=newest, actor=officer)
    content = content_of(Report.objects.get().get_latest_revision_as_object())
    assert str(root.full_url) in content.sections[0].html
