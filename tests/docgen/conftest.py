# SPDX-License-Identifier: EUPL-1.2
"""A small city for the documents' tests, and content to render."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from casework.consultation.services import state_no_consultation
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Administration, Authority, Body, User
from casework.organisation.services import appoint
from casework.register.services import ensure_series, register_case, register_historic
from docgen.content import (
    Attachment,
    CaseLink,
    Consultation,
    Consultee,
    DecisionGroup,
    DecisionPoint,
    Officer,
    Recipient,
    ReportContent,
    Section,
    Signatory,
)
from docgen.founding import founding_content

ROOT = Path(__file__).resolve().parents[2]
FOUNDING = ROOT / "casework" / "preset" / "founding_case.json"


@pytest.fixture(scope="session")
def founding_data() -> dict:
    return json.loads(FOUNDING.read_text("utf-8"))


@pytest.fixture(scope="session")
def founding(founding_data: dict) -> ReportContent:
    return founding_content(founding_data)


@pytest.fixture(scope="session")
def rich_content() -> ReportContent:
    """One of everything."""
    return ReportContent(
        title="Gemensam kartplattform för alla förvaltningar",
        dnr=("KS 2026/12", "KS 2026/15"),
        administration="Stadsledningskontoret",
        department="Avdelningen för digital utveckling",
        date=dt.date(2026, 11, 23),
        kind_line="Svar på remiss från kommunstyrelsen",
        officers=(
            Officer("o1", "Åsa Öberg", "08-508 29 000", "asa.oberg@almstad.example"),
            Officer("o2", "Kim Ek", "", "kim.ek@almstad.example"),
        ),
        recipients=(
            Recipient("r1", "Kommunstyrelsen", dt.date(2026, 12, 9)),
            Recipient("r2", "Tekniska nämnden"),
        ),
        decisions=(
            DecisionGroup(
                "d1",
                "Kommunfullmäktige",
                (DecisionPoint("p1", "Plattformen införs."), DecisionPoint("p2", "Medel anvisas.")),
                "Kommunstyrelsen föreslår kommunfullmäktige besluta följande",
            ),
            DecisionGroup(
                "d2",
                "Kommunstyrelsen",
                tuple(DecisionPoint(f"p{n}", f"Punkt {n} & <mer>.") for n in range(3, 6)),
            ),
        ),
        signatories=(
            Signatory("s1", "Robin Berg", "Stadsdirektör"),
            Signatory("s2", "Mika Lund", "Avdelningschef"),
            Signatory("s3", "Charlie Ström", "Enhetschef"),
        ),
        sections=(
            Section("a1", "Sammanfattning", "<p>Kort <b>och</b> <i>gott</i> 😀.</p>"),
            Section(
                "a2",
                "Bakgrund",
                "<p>Två listor.</p><ol><li>ett</li><li>två</li></ol><p>Och</p>"
                "<ol><li>ett igen</li><li>två igen<ul><li>under</li></ul></li></ol>"
                '<p><a href="https://example.org/?a=1&amp;b=2">länk</a></p><h3>Mellanrubrik</h3>'
                "<p>Efter.</p>",
            ),
            Section("a3", "Ärendet", ""),
            Section("a4", "Underrubrik", "<p>Text.</p>", 2),
            Section("a5", "Ärendets beredning", "<p>Beredd.</p>", 1, "preparation"),
        ),
        consultation=Consultation(
            True,
            "",
            dt.date(2026, 9, 1),
            (
                Consultee("c1", "Socialnämnden", "Har svarat", dt.date(2026, 8, 30)),
                Consultee("c2", "Kulturnämnden", "Har inte svarat"),
            ),
        ),
        links=(CaseLink("l1", "KS 2025/7", "Förstudie", "fortsätter"),),
        attachments=(Attachment("b1", "Kalkyl"), Attachment("b2", "Riskanalys")),
    )


@pytest.fixture
def city(db: None) -> Authority:
    authority = Authority.objects.create(name="Kommunstyrelsen", code="KS", email="ks@a.example")
    Administration.objects.create(
        name="Kulturförvaltningen", short_name="Kultur", slug="kultur", authority=authority
    )
    office = Body.objects.create(
        kind=BodyKind.EXECUTIVE_OFFICE,
        name="Stadsledningskontoret",
        slug="slk",
        authority=authority,
    )
    director = User.objects.create_user("direktor", first_name="Dag", last_name="Ek")
    appoint(user=director, role=Role.CITY_MANAGER, scope=office, actor=None)
    return authority


def person(name: str, authority: Authority, role: str | None) -> User:
    user = User.objects.create_user(
        name, f"{name}@almstad.example", "pass", first_name=name.title(), last_name="Ek"
    )
    user.title = "Utredare"
    user.save()
    if role:
        appoint(user=user, role=role, scope=authority, actor=None)
    return user


@pytest.fixture
def officer(city: Authority) -> User:
    return person("handlaggare", city, Role.OFFICER)


@pytest.fixture
def reader(city: Authority) -> User:
    return person("lasare", city, Role.READER)


@pytest.fixture
def case(city, officer):
    series = ensure_series(city)
    case = register_case(
        actor=None,
        series=series,
        title="Gemensam kartplattform",
        received_date=dt.date(2026, 1, 7),
        party="Kulturförvaltningen",
        officer=officer,
    )
    state_no_consultation(case=case, reason="Frågan rör intern drift.", actor=officer)
    return case


@pytest.fixture
def secret_case(city, officer):
    case = register_case(
        actor=None,
        series=ensure_series(city),
        title="Skyddat ärende",
        received_date=dt.date(2026, 1, 8),
        officer=officer,
        secrecy_provision="OSL 18:8",
    )
    state_no_consultation(case=case, reason="Ärendet omfattas av sekretess.", actor=officer)
    return case


@pytest.fixture
def historic_case(city, officer, founding_data):
    series = ensure_series(city, "KS-HIST", "Historiskt diarium")
    series.is_historic = True
    series.save()
    return register_historic(
        actor=None,
        series=series,
        dnr=founding_data["dnr"],
        title=founding_data["title"],
        received_date=dt.date.fromisoformat(founding_data["received_date"]),
    )
