# SPDX-License-Identifier: EUPL-1.2
"""A city in which every internal and secret field holds a word that stands nowhere else.

=====  ==========================================================================================
wqxvqa    a published case: private sender, internal title, a correction's reason, a record's title
wqxvqb    a case that is not published
wqxvqc    a secret record in that case, with its file
wqxvqd    a secret case: an initiative ranked by a group, with record, file, remiss, report, link
=====  ==========================================================================================

What is made in a secret matter has primary keys of its own, so that a link tells on it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection

from casework.consultation.services import (
    Asked,
    ask_expert,
    open_consultation,
    withdraw_expert,
)
from casework.disclosure import services as disclosure
from casework.follow_up.models import NewRecord, Reminder
from casework.follow_up.services import note_new_record, set_reminder, set_stand_in
from casework.organisation.enums import BodyKind, Expertise, Role
from casework.organisation.models import Authority, Body
from casework.organisation.services import appoint, desk_group
from casework.preset.loader import ensure_administration
from casework.prioritisation.services import fix_ranking, reopen_ranking, save_order
from casework.process import services as process
from casework.register import services as register
from casework.register.enums import CaseType, Direction, LinkKind, RecordKind
from casework.register.models import Case, NumberSeries, Record
from casework.register.services.registration import ensure_series
from city.content.ensure import ensure_pages
from docgen.services import create_report, request_generation, run_generation
from tests import small_city
from tests.small_city import LONG_AGO, SmallCity

SECRET_KEYS = 7_310_000
RECORD_KEYS = 7_320_000
SHARED_KEYS = 7_330_000
LATER_KEYS = 7_400_000
TABLES = (
    "register_case", "register_record", "register_recordfile", "register_caselink",
    "initiatives_initiative", "process_process", "process_candidacy", "process_step",
    "meetings_decision", "consultation_consultation", "consultation_consultee",
    "consultation_expertrequest", "docgen_report", "docgen_generateddocument",
    "follow_up_reminder", "follow_up_newrecord",
)  # fmt: skip

KS_ROLES = {"lasare": Role.READER, "handlaggare2": Role.OFFICER}
SBN_ROLES = {
    "registrator_sbn": Role.REGISTRAR, "handlaggare_sbn": Role.OFFICER, "lasare_sbn": Role.READER,
    }  # fmt: skip

INSIDE = frozenset(
    {"registrator", "handlaggare", "handlaggare2", "lasare", "admin", "slk", "direktor", "beslut",
     "radet", "gruppsekreterare", "ks_ledamot"}
)  # fmt: skip
"""They see what the authority has and what is not secret, with its internal face."""

LET_IN: dict[str, frozenset[str]] = {
    "wqxvqa": INSIDE,
    "wqxvqb": INSIDE,
    "wqxvqc": frozenset({"registrator", "handlaggare"}),
    "wqxvqd": frozenset({"registrator", "handlaggare", "larare", "kontakt"}),
}
"""Whom each word may reach."""

ROLES = (
    "bara_offentligt", "larare", "kontakt", "registrator", "handlaggare", "handlaggare2", "lasare",
    "sakkunnig", "ordforande", "ledamot", "gruppsekreterare", "slk", "radet", "beslut", "admin",
    "registrator_sbn", "handlaggare_sbn", "lasare_sbn", "kontakt_sbn", "ordforande_sociala",
    "ks_ledamot",
)  # fmt: skip
"""Who walks. Stadsdirektören sees what stadsledningskontoret sees."""


@dataclass
class Planted:
    """The city, what was planted in it, and the primary keys by kind of object."""

    city: SmallCity
    cases: dict[str, Case]
    objects: dict[str, list[int]]

    @property
    def number(self) -> str:
        """The secret case's number."""
        return self.cases["secret"].dnr


def build() -> Planted:
    """Plant it by the services."""
    city = small_city.build()
    ensure_pages()
    if Collection.get_first_root_node() is None:  # made by a migration, where there are any
        Collection.add_root(name="Root")
    _people(city)
    series = NumberSeries.objects.get(code="KS")
    cases = {"published": _published(city, series), "open": _open(city, series)}
    cases["secret"] = _secret(city)
    number_from(RECORD_KEYS)
    record = _secret_record(city, cases["open"])
    number_from(LATER_KEYS)
    for key, note in (("secret", "wqxvqdkoppling"), ("published", "")):
        register.link_cases(
            case=cases["open"], kind=LinkKind.RELATED, number=cases[key].dnr, note=note,
            actor=city.people["registrator"],
        )  # fmt: skip
    create_report(case=cases["open"], actor=city.people["handlaggare"])
    _order(city, record, cases["open"])
    return Planted(city, cases, _objects(cases, record))


def _order(city: SmallCity, secret: Record, case: Case) -> None:
    """Somebody asks for a secret record and for another, of which one is tried."""
    order = disclosure.request_disclosure(number="", text="Allt om lyktor")
    clerk = city.people["registrator"]
    plain = case.records.exclude(pk=secret.pk).first()
    assert plain is not None
    item, _other = disclosure.list_records(request=order, records=[secret, plain], actor=clerk)
    disclosure.review_item(
        item=item, outcome="partly", provision="OSL 21:1", reason="wqxvqcskäl", actor=clerk,
        masked=[SimpleUploadedFile("wqxvqcmaskad.pdf", b"%PDF-1.7 x\n%%EOF")],
    )  # fmt: skip


def number_from(start: int) -> None:
    """Let the next rows of the tables have keys from here on."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start]
                )
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, start]
                )


def _people(city: SmallCity) -> None:
    here = Authority.objects.get(code="KS")
    there = Authority.objects.create(code="SBN", name="Stadsbyggnadsnämnden")
    ensure_series(there)
    office = ensure_administration(
        name="Stadsbyggnadskontoret", short_name="Stadsbyggnad", slug="sbk", authority="SBN"
    )
    board = Body.objects.get(kind=BodyKind.EXECUTIVE_BOARD)
    scopes: list[tuple[str, str, Any, str]] = [
        *((name, role, here, "") for name, role in KS_ROLES.items()),
        *((name, role, there, "") for name, role in SBN_ROLES.items()),
        ("sakkunnig", Role.EXPERT, here, Expertise.SYSTEM),
        ("kontakt_sbn", Role.LIAISON, office, ""),
        ("gruppsekreterare", Role.SECRETARY, city.bodies["grupp-pedagogiska"], ""),
        ("ordforande_sociala", Role.GROUP_CHAIR, city.bodies["grupp-sociala"], ""),
        ("ks_ledamot", Role.BOARD_MEMBER, board, ""),
    ]
    for name, role, scope, expertise in scopes:
        person = small_city.person(city, name)
        appoint(
            user=person, role=role, scope=scope, actor=None, expertise=expertise,
            valid_from=LONG_AGO,
        )  # fmt: skip
    root = small_city.person(city, "superuser")
    root.is_superuser = True
    root.save()
    for name in ("bara_offentligt", "larare"):
        person = city.people.get(name) or small_city.person(city, name)
        person.groups.add(desk_group())


def _published(city: SmallCity, series: NumberSeries) -> Case:
    registrar = city.people["registrator"]
    case = register.register_case(
        series=series, actor=registrar, case_type=CaseType.LETTER, title="wqxvqatitel forst",
        title_public="Brev från en privatperson", party="wqxvqaperson", received_date=_today(),
        party_public="Privatperson", officer=city.people["handlaggare"],
    )  # fmt: skip
    register.correct(
        obj=case, field="title", value="wqxvqatitel rättad", reason="wqxvqaskäl", actor=registrar
    )
    record = register.register_record(
        case=case, actor=registrar, direction=Direction.INCOMING, kind=RecordKind.LETTER,
        title="wqxvqahandling", title_public="Brev", party="wqxvqaperson", received_date=_today(),
        files=[_file("wqxvqafil.pdf")],
    )  # fmt: skip
    register.publish(case=case, actor=registrar, summary="Om lyktor.")
    register.publish_record(record=record, actor=registrar)
    register.grant_access(
        case=case, user=small_city.person(city, "utomstaende"), reason="wqxvqabehörighet",
        actor=registrar,
    )  # fmt: skip
    open_consultation(
        case=case,
        consultees=[Asked(name="wqxvqainstans")],
        question="wqxvqafråga",
        deadline=_today(),
        actor=registrar,
    )
    return case


def _open(city: SmallCity, series: NumberSeries) -> Case:
    registrar = city.people["registrator"]
    case = register.register_case(
        series=series, actor=registrar, title="wqxvqbtitel", party="wqxvqbperson",
        received_date=_today(), officer=city.people["handlaggare"],
    )  # fmt: skip
    register.register_record(
        case=case,
        actor=registrar,
        direction=Direction.INCOMING,
        title="wqxvqbhandling",
        received_date=_today(),
        files=[_file("wqxvqbfil.pdf")],
    )
    return case


def _secret_record(city: SmallCity, case: Case) -> Record:
    registrar = city.people["registrator"]
    record = register.register_record(
        case=case, actor=registrar, direction=Direction.INCOMING, title="wqxvqchandling",
        party="wqxvqcperson", received_date=_today(), files=[_file("wqxvqcfil.pdf")],
        secrecy_provision="OSL 21:7",
    )  # fmt: skip
    set_reminder(
        case=case, record=record, day=_today(), what="wqxvqcbevakning",
        user=city.people["handlaggare"], actor=registrar,
    )  # fmt: skip
    register.correct(
        obj=record,
        field="title",
        value="wqxvqchandling rättad",
        reason="wqxvqcskäl",
        actor=registrar,
    )
    return record


def _secret(city: SmallCity) -> Case:
    """Ranked between two others; what was written before the marking is planted too."""
    people = city.people
    reopen_ranking(area=city.round_area, actor=people["ordforande"], reason="Nytt.")
    others = [small_city.admitted(city, title) for title in ("Belysning", "Bokning")]
    number_from(SECRET_KEYS)
    initiative = small_city.draft(city, "wqxvqdtitel")
    process.submit(initiative=initiative, actor=people["larare"])
    process.save_preparation(
        initiative=initiative, actor=people["kontakt"],
        answers={"service_area": city.area.pk, "goal": "wqxvqdmål", "effect": "wqxvqdeffekt"},  # type: ignore[union-attr]
    )  # fmt: skip
    process.complete_preparation(initiative=initiative, actor=people["kontakt"])
    process.send_batch(
        administration=city.administrations[0], chosen=[initiative], actor=people["kontakt"]
    )
    case = process.register(
        initiative=initiative, actor=people["registrator"], title="wqxvqdtitel",
        received_date=_today(), officer=people["handlaggare"],
    )  # fmt: skip
    officer = people["handlaggare"]
    process.accept_scope(initiative=initiative, actor=officer, ground="cross")
    open_consultation(
        case=case, consultees=[Asked(name="wqxvqdinstans"),
        Asked(administration=city.administrations[1])], question="wqxvqdfråga",
        deadline=_today() + dt.timedelta(days=9), actor=officer,
    )  # fmt: skip
    process.hand_to_group(initiative=initiative, actor=officer)
    act = city.act("grupp-pedagogiska")
    process.admit(initiative=initiative, actor=people["ordforande"], act=act, reason="wqxvqdskäl")
    asked = ask_expert(
        initiative=initiative,
        user=people["ledamot"],
        expertise=Expertise.IT,
        actor=officer,
        question="wqxvqdsakfråga",
    )
    withdraw_expert(request=asked, actor=officer)
    register.register_record(
        case=case,
        actor=people["registrator"],
        direction=Direction.INCOMING,
        title="wqxvqdhandling",
        received_date=_today(),
        files=[_file("wqxvqdfil.pdf")],
    )
    report = create_report(case=case, actor=officer)
    run_generation(request_generation(report=report, actor=officer).pk)
    number_from(SHARED_KEYS)
    order = [small_city.candidacy_of(row) for row in (others[0], initiative, others[1])]
    save_order(
        area=city.round_area,
        order=order,
        actor=people["ordforande"],
        reasons={order[1]: "wqxvqdplats"},
    )
    fix_ranking(area=city.round_area, actor=people["ordforande"], act=act)
    _followed_up(city, case)
    register.mark_secret(
        case=case, provision="OSL 18:8", reason="wqxvqdgrund", actor=people["registrator"]
    )
    case.refresh_from_db()
    return case


def _followed_up(city: SmallCity, case: Case) -> None:
    """What waits for who has the case: a reminder, a line, a new record; and who stands in."""
    registrar, officer = city.people["registrator"], city.people["handlaggare"]
    number_from(SECRET_KEYS + 5000)
    register.assign_officer(case=case, officer=officer, note="wqxvqdrad", actor=registrar)
    case.refresh_from_db()
    set_reminder(case=case, day=_today(), what="wqxvqdbevakning", user=officer, actor=registrar)
    note_new_record(record=case.records.latest("pk"))
    set_stand_in(
        absent=officer, substitute=city.people["handlaggare2"], valid_from=_today(),
        valid_until=None, actor=officer,
    )  # fmt: skip


def _objects(cases: dict[str, Case], record: Record) -> dict[str, list[int]]:
    """The primary keys of what was planted, by kind; the walk fills addresses with them."""
    planted = list(cases.values())
    secret = cases["secret"]
    records = [record, *(row for case in planted for row in case.records.all())]
    consultations = [row for case in planted for row in case.consultations.all()]
    reports = [row for case in planted for row in case.reports.all()]
    decisions = list(secret.decisions.all())
    return {
        "case": [case.pk for case in planted],
        "initiative": [secret.initiative.pk],
        "record": sorted({row.pk for row in records}),
        "file": sorted({file.pk for row in records for file in row.files.all()}),
        "consultation": [row.pk for row in consultations],
        "consultee": [row.pk for found in consultations for row in found.consultees.all()],
        "expert": [row.pk for row in secret.initiative.expert_requests.all()],
        "report": [row.pk for row in reports],
        "document": [row.pk for report in reports for row in report.documents.all()],
        "decision": [row.pk for row in decisions],
        "meeting": [row.meeting_id for row in decisions if row.meeting_id][:1],
        "reminder": list(Reminder.objects.values_list("pk", flat=True)),
        "new_record": list(NewRecord.objects.values_list("pk", flat=True)),
        "grant": [row.pk for case in planted for row in case.grants.all()],
        "follower": list(secret.initiative.followers.values_list("pk", flat=True))[:1],
    }


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 x\n%%EOF")


def _today() -> dt.date:
    return timezone.localdate()
