# SPDX-License-Identifier: EUPL-1.2
"""The diary: numbers, entries that never change, corrections, voiding, files."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import Authority
from casework.organisation.selectors import forget_appointments
from casework.organisation.services import appoint
from casework.register.audit import verify_register
from casework.register.models import (
    Amendment,
    Case,
    DiaryEntry,
    NumberSeries,
    Party,
    PublicCase,
    Record,
)
from casework.register.services import (
    Sender,
    correct,
    ensure_series,
    mark_secret,
    publish,
    register_case,
    register_cases,
    register_historic,
    register_letter,
    register_record,
    void_record,
)
from casework.register.services.registration import CaseFields
from tests.small_city import SmallCity

TODAY = dt.date(2026, 1, 2)


def a_case(city: SmallCity, **fields: Any) -> Case:
    series = fields.pop("series", None) or NumberSeries.objects.get(code="KS")
    fields = {"title": "En skrivelse", "received_date": timezone.localdate(), **fields}
    return register_case(actor=city.people["registrator"], series=series, **fields)


def a_record(city: SmallCity, case: Case, **fields: Any) -> Record:
    fields = {
        "direction": "in",
        "title": "Brev",
        "received_date": timezone.localdate(),
        **fields,
    }
    return register_record(actor=city.people["registrator"], case=case, **fields)


def test_numbers_follow_each_other_within_a_series_and_year(city: SmallCity) -> None:
    first, second = a_case(city), a_case(city)
    assert second.serial == first.serial + 1
    assert first.dnr == f"KS {timezone.localdate().year}/{first.serial}"


def test_many_are_registered_as_if_one_after_the_other(city: SmallCity) -> None:
    """Issue 6 §8: a big register is made through the same rules, in as few statements as one."""
    first, today = a_case(city), timezone.localdate()
    drafts: list[CaseFields] = [
        {"title": "Ett", "received_date": today, "followers": [city.people["larare"]]},
        {"title": "Två", "received_date": today, "secrecy_provision": "OSL 21:1"},
        {"title": "Tre", "received_date": today, "officer": city.people["handlaggare"]},
    ]
    registrar = city.people["registrator"]
    series = NumberSeries.objects.get(code="KS")
    made = register_cases(series=series, actor=registrar, drafts=drafts)
    assert [case.serial for case in made] == [first.serial + 1, first.serial + 2, first.serial + 3]
    assert a_case(city).serial == first.serial + 4
    assert verify_register().faults == []
    one, secret, three = made
    assert one.is_open_to(city.people["larare"])
    assert not secret.is_open_to(city.people["handlaggare"])
    assert three.is_open_to(city.people["handlaggare"])
    with pytest.raises(ValidationError):
        register_cases(
            series=series,
            actor=registrar,
            drafts=[
                {"title": "Rätt", "received_date": today},
                {"title": "Fel", "received_date": today + dt.timedelta(days=1)},
            ],
        )
    assert not Case.objects.filter(title="Rätt").exists()


def test_each_authority_and_each_series_counts_for_itself(city: SmallCity) -> None:
    council = ensure_series(Authority.objects.get(code="KF"))
    second = ensure_series(Authority.objects.get(code="KS"), "KS-E", "E-tjänster")
    registrar = city.people["registrator"]
    appoint(user=registrar, role=Role.REGISTRAR, scope=council.authority, actor=None)
    forget_appointments(registrar)
    assert a_case(city, series=council).serial == 1
    assert a_case(city, series=second).dnr.startswith("KS-E ")
    assert a_case(city, series=second).serial == 2


def test_the_year_is_the_swedish_one_also_an_hour_before_midnight_in_utc(city: SmallCity) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), tick=False):
        case = a_case(city, received_date=dt.date(2026, 12, 31))
    assert case.dnr == "KS 2027/1"


def test_a_rolled_back_registration_leaves_no_gap(city: SmallCity) -> None:
    first = a_case(city)

    def power_cut() -> None:
        with transaction.atomic():
            a_case(city)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        power_cut()
    assert a_case(city).serial == first.serial + 1
    assert verify_register().faults == []


def test_a_received_date_ahead_is_refused_at_its_field(city: SmallCity) -> None:
    with pytest.raises(ValidationError) as caught:
        a_case(city, received_date=timezone.localdate() + dt.timedelta(days=1))
    assert "received_date" in caught.value.message_dict


def test_a_double_click_registers_once(city: SmallCity) -> None:
    token = uuid.uuid4()
    assert a_case(city, token=token) == a_case(city, token=token)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_diaryentry SET title = 'x'",
        "UPDATE register_diaryentry SET serial = 99",
        "DELETE FROM register_diaryentry",
        "UPDATE register_case SET dnr = 'KS 1999/1'",
        "UPDATE register_case SET serial = serial + 1",
        "DELETE FROM register_case",
        "UPDATE register_record SET dnr = 'x'",
        "UPDATE journal_journalentry SET reason = 'x'",
        "DELETE FROM journal_journalentry",
        "DELETE FROM process_step",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_registered(
    city: SmallCity, statement: str
) -> None:
    a_record(city, a_case(city))
    with (
        pytest.raises(IntegrityError, match="permanent"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_correction_keeps_the_old_value(city: SmallCity) -> None:
    case = a_case(city, title="Begran om bidrag")
    correct(
        obj=case,
        field="title",
        value="Begäran om bidrag",
        reason="Stavfel",
        actor=city.people["registrator"],
    )
    amendment = Amendment.objects.get(entry=case.entry)
    assert (amendment.old, amendment.new) == ("Begran om bidrag", "Begäran om bidrag")
    assert DiaryEntry.objects.get(pk=case.entry_id).title == "Begran om bidrag"
    assert Case.objects.get(pk=case.pk).title == "Begäran om bidrag"


def test_a_correction_needs_a_reason(city: SmallCity) -> None:
    with pytest.raises(ValidationError):
        correct(
            obj=a_case(city),
            field="title",
            value="Ny",
            reason=" ",
            actor=city.people["registrator"],
        )


def test_a_number_can_not_be_corrected(city: SmallCity) -> None:
    with pytest.raises(ValidationError):
        correct(
            obj=a_case(city),
            field="dnr",
            value="KS 2026/1",
            reason="x",
            actor=city.people["registrator"],
        )


def test_a_voided_number_is_never_reused(city: SmallCity) -> None:
    case = a_case(city)
    first = a_record(city, case)
    void_record(record=first, reason="Fel ärende", actor=city.people["registrator"])
    second = a_record(city, case)
    assert (first.dnr, second.dnr) == (f"{case.dnr}-1", f"{case.dnr}-2")
    assert Record.objects.get(pk=first.pk).is_void
    with pytest.raises(ValidationError):
        void_record(record=first, reason="igen", actor=city.people["registrator"])


def test_an_old_number_is_entered_as_it_stands_in_a_historic_series(city: SmallCity) -> None:
    authority = Authority.objects.get(code="KS")
    series = NumberSeries.objects.create(
        authority=authority, code="ÄLDRE", name="Äldre", is_historic=True
    )
    case = register_historic(
        actor=city.people["registrator"],
        series=series,
        dnr="031-3884/2007",
        title="Utvecklingsmodell",
        received_date=dt.date(2007, 12, 6),
    )
    assert (case.year, case.serial) == (2007, 3884)
    with pytest.raises(ValidationError):
        register_historic(
            actor=city.people["registrator"],
            series=NumberSeries.objects.get(code="KS"),
            dnr="031-1/2007",
            title="x",
            received_date=dt.date(2007, 12, 6),
        )


def test_the_audit_finds_a_missing_number(city: SmallCity) -> None:
    case = a_case(city)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE register_seriescounter SET last_serial = last_serial + 2 WHERE series_id = %s",
            [case.entry.series_id],
        )
    assert any("saknas" in fault for fault in verify_register().faults)


def test_the_audit_finds_a_changed_event(city: SmallCity) -> None:
    a_case(city)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_journalentry_keep_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE journal_journalentry SET reason = 'efterkonstruktion' WHERE id = %s",
            [JournalEntry.objects.latest("pk").pk],
        )
    assert any("ändrat" in fault for fault in verify_register().faults)


def test_a_secret_case_leaves_the_public_diary_at_once(city: SmallCity) -> None:
    case = a_case(city)
    publish(case=case, actor=city.people["registrator"])
    assert PublicCase.objects.filter(case=case).exists()
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    assert not PublicCase.objects.filter(case=case).exists()
    with pytest.raises(ValidationError):
        publish(case=case, actor=city.people["registrator"])


def test_a_page_opened_before_the_marking_can_not_publish_a_secret_case(city: SmallCity) -> None:
    case = a_case(city)
    opened_before = Case.objects.get(pk=case.pk)
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    publish(case=opened_before, actor=city.people["registrator"])
    assert not PublicCase.objects.filter(case=case).exists()
    assert not case.audience.filter(token="public").exists()


def test_the_public_row_holds_the_public_face_only(city: SmallCity) -> None:
    case = a_case(
        city,
        title="Klagomål från Anna på Storgatan 1",
        title_public="Klagomål på snöröjning",
        party="Anna på Storgatan 1",
    )
    publish(case=case, actor=city.people["registrator"])
    public = PublicCase.objects.get(case=case)
    told = " ".join(str(getattr(public, field.name)) for field in PublicCase._meta.fields)
    assert "Storgatan" not in told
    assert public.title == "Klagomål på snöröjning"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def package(*names: str, size: int = 10) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("brev.docm", package("word/document.xml"), "makron"),
        ("brev.docx", package("word/document.xml", "word/vbaProject.bin"), "makron"),
        ("brev.docx", b"inte en zip", "sorts fil"),
        ("brev.docx", b"PK\x03\x04trasig", "inte en hel"),
        ("bomb.docx", package("word/document.xml", size=20_000_000), "packad på ett sätt"),
        ("../../etc.docx", package("../../etc/passwd"), "otillåtna namn"),
        ("program.exe", b"MZ", "inte tas emot"),
        ("tom.pdf", b"", "tom"),
        ("bild.png", b"GIF89a", "sorts fil"),
    ],
)
def test_an_unsafe_file_is_refused_and_nothing_is_registered(
    city: SmallCity, name: str, content: bytes, says: str
) -> None:
    case = a_case(city)
    with pytest.raises(ValidationError) as caught:
        a_record(city, case, files=[upload(name, content)])
    assert says in " ".join(caught.value.message_dict["files"])
    assert not Record.objects.filter(case=case).exists()
    assert a_record(city, case).dnr.endswith("-1")


def test_a_file_over_the_limit_says_how_large_it_may_be(city: SmallCity, settings: Any) -> None:
    settings.MAX_ATTACHMENT_BYTES = 1024 * 1024
    with pytest.raises(ValidationError) as caught:
        a_record(city, a_case(city), files=[upload("stor.pdf", b"%PDF-" + b"0" * 3_000_000)])
    assert "Största tillåtna storlek är 1 MB" in " ".join(caught.value.message_dict["files"])


def test_a_file_is_kept_under_a_name_that_tells_nothing(city: SmallCity) -> None:
    record = a_record(
        city, a_case(city), files=[upload("hemligt namn.pdf", b"%PDF-1.7 text\n%%EOF")]
    )
    stored = record.files.get()
    assert "hemligt" not in str(stored.file.name)
    assert stored.original_name == "hemligt namn.pdf"


@pytest.mark.usefixtures("city")
def test_the_small_city_passes_its_own_audit() -> None:
    assert verify_register().faults == []


def test_9_an_officers_letter_is_registered_and_keeps_no_sender(city: SmallCity) -> None:
    officer, registrar = city.people["handlaggare"], city.people["registrator"]
    said: dict[str, Any] = {
        "series": NumberSeries.objects.get(code="KS"), "received_date": timezone.localdate(),
    }  # fmt: skip
    case, _first = register_letter(title="Snö", actor=registrar, officer=officer, **said)
    for actor, name in ((officer, "Föreningen Norr"), (registrar, "Föreningen Syd")):
        _case, record = register_letter(
            case=case, title="Svar", party=name, sender=Sender(), actor=actor, **said
        )
        assert record.party == name
        assert Party.objects.filter(name=name).exists() == (actor == registrar)
