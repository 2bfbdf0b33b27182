# SPDX-License-Identifier: EUPL-1.2
"""The audit finds what was done past the services: rows, files, numbers, events, seals."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register import services
from casework.register.audit import register_verifier, verify_register
from casework.register.enums import Direction, LinkKind
from casework.register.models import Case, RecordFile
from casework.register.services.registration import ensure_series
from tests.conftest import triggers_off

PDF = b"%PDF-1.7 skrivelse\n%%EOF"
TAMPERINGS = [
    f"UPDATE register_diaryentry SET {name} = 'x'"
    for name in ("title", "party", "direction", "key", "dnr")
] + [
    "UPDATE register_diaryentry SET received_date = '2001-01-01'",
    "UPDATE register_diaryentry SET registered_at = '2001-01-01 10:00:00+00'",
    "UPDATE register_diaryentry SET registered_by_id = NULL",
    "UPDATE register_diaryentry SET serial = serial + 7",
    "UPDATE register_diaryentry SET record_number = record_number + 7 WHERE record_number > 0",
] + [
    f"UPDATE register_case SET {name} = 'x'"
    for name in ("title", "title_public", "party", "party_public", "secrecy_provision",
                 "case_type", "outcome", "summary")
] + [
    "UPDATE register_case SET received_date = '2001-01-01'",
    "UPDATE register_case SET secrecy_date = '2001-01-01'",
    "UPDATE register_case SET decided_on = '2001-01-01'",
    "UPDATE register_case SET closed_at = '2001-01-01 10:00:00+00'",
    "UPDATE register_case SET voided_at = '2001-01-01 10:00:00+00'",
    "UPDATE register_case SET officer_id = NULL",
    "UPDATE register_case SET record_count = record_count + 1",
    "UPDATE register_case SET merged_into_id = id",
    "UPDATE register_case SET is_published = FALSE",
    "DELETE FROM register_casefollower",
    "UPDATE register_case SET dnr = dnr || id",
    "UPDATE register_record SET dnr = dnr || id",
    "UPDATE register_casenumber SET display = display || id",
    "DELETE FROM register_casenumber",
] + [
    f"UPDATE register_record SET {name} = 'x'"
    for name in ("title", "title_public", "party", "party_public", "direction",
                 "secrecy_provision", "kind")
] + [
    "UPDATE register_record SET received_date = '2001-01-01'",
    "UPDATE register_record SET voided_at = NULL",
    "UPDATE register_record SET is_published = FALSE",
    "UPDATE register_recordfile SET sha256 = 'x'",
    "UPDATE register_recordfile SET original_name = 'x'",
    "UPDATE register_recordfile SET content_type = 'x'",
    "UPDATE register_recordfile SET size = 1",
    "UPDATE register_recordfile SET file = 'records/aa/x'",
    "DELETE FROM register_recordfile",
    "UPDATE register_amendment SET reason = 'x'",
    "UPDATE register_amendment SET old = 'x'",
    "UPDATE register_amendment SET new = 'x'",
    "DELETE FROM register_amendment",
    "UPDATE register_caselink SET target_number = 'x'",
    "DELETE FROM register_caselink",
    "UPDATE access_accessgrant SET valid_until = '2031-01-01'",
    "UPDATE access_accessgrant SET reason = 'x'",
    "UPDATE register_seriescounter SET last_serial = last_serial + 1",
    "UPDATE register_seriescounter SET last_serial = last_serial - 1",
    "INSERT INTO register_caseaudience (token, case_id)"
    " SELECT 'public', MIN(id) FROM register_case",
    "DELETE FROM register_caseaudience",
    "DELETE FROM register_recordaudience",
    "UPDATE register_publiccase SET title = 'x'",
    "UPDATE register_publiccase SET party = 'Karin Ask'",
    "DELETE FROM register_publiccase",
    "UPDATE journal_journalentry SET reason = 'x'",
    "UPDATE journal_journalentry SET action = 'x'",
    "UPDATE journal_journalentry SET actor_id = NULL",
    "UPDATE journal_journalentry SET before = '{}', after = '{}'",
    "UPDATE journal_journalentry SET rows = '{}'",
    "UPDATE journal_journalentry SET subject = 'case:0'",
    "UPDATE journal_journalentry SET version = 1",
    "UPDATE journal_journalentry SET at = '2001-01-01 10:00:00+00'",
    "DELETE FROM journal_journalentry WHERE id = (SELECT MIN(id) FROM journal_journalentry)",
    "DELETE FROM journal_journalentry WHERE id = (SELECT MAX(id) FROM journal_journalentry)",
    "UPDATE journal_chain SET head = 'x'",
    "UPDATE journal_chain SET length = length + 1",
]  # fmt: skip


@pytest.fixture
def case(db: None) -> Case:
    """A published case with a record and a file, a void record, and all that hangs on a case."""
    authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
    registrar = User.objects.create(username="registrator")
    reader = User.objects.create(username="lasare")
    for role in (Role.REGISTRAR, Role.OFFICER):
        appoint(user=registrar, role=role, scope=authority, actor=None)
    today = timezone.localdate()
    secret = services.register_case(
        series=ensure_series(authority), title="Hemligt", received_date=today, actor=registrar,
        secrecy_provision="OSL 26:1",
    )  # fmt: skip
    case = services.register_case(
        series=ensure_series(authority), title="Skrivelse", received_date=today, actor=registrar,
        officer=registrar, followers=[reader],
    )  # fmt: skip
    for title in ("Brev", "Fel brev"):
        record = services.register_record(
            case=case, direction=Direction.INCOMING, title=title, received_date=today,
            files=[SimpleUploadedFile("brev.pdf", PDF)], text="En text.", actor=registrar,
        )  # fmt: skip
        services.publish_record(record=record, actor=registrar)
    services.void_record(record=record, reason="Fel", actor=registrar)
    services.correct(obj=case, field="party", value="Anna", reason="Fel", actor=registrar)
    services.add_number(case=case, number="BN 2019/7", actor=registrar)
    services.link_cases(case=case, kind=LinkKind.RELATED, number="KF 2020/77", actor=registrar)
    services.grant_access(case=secret, user=reader, reason="Ska läsa", actor=registrar)
    services.publish(case=case, summary="Om lampor.", actor=registrar)
    return case


@pytest.mark.usefixtures("case")
def test_every_tampering_is_found() -> None:
    assert verify_register().faults == []
    missed = []
    for statement in TAMPERINGS:
        with transaction.atomic():
            try:
                with triggers_off(), connection.cursor() as cursor:
                    cursor.execute(statement)
                if not verify_register().faults:
                    missed.append(statement)
            except IntegrityError:
                pass  # A foreign key refuses it even then.
            transaction.set_rollback(True)
    assert missed == []


def test_a_changed_and_a_missing_file_are_found(case: Case) -> None:
    file = RecordFile.objects.first()
    assert file is not None
    path = Path(file.file.path)
    path.write_bytes(b"%PDF-1.7 ett annat")
    assert any("filen är ändrad" in fault for fault in verify_register().faults)
    path.unlink()
    assert any("filen saknas" in fault for fault in verify_register().faults)
    path.write_bytes(PDF)
    assert verify_register().faults == []


def test_a_chain_computed_anew_is_found_by_the_seal(case: Case, tmp_path: Path) -> None:
    seal = tmp_path / "seal.txt"
    assert verify_register(seal=seal).faults == []
    services.unpublish(case=case, actor=None)
    assert verify_register(seal=seal).faults == []
    assert len(seal.read_text().splitlines()) == 2
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_journalentry WHERE chain_id = 'kontoret'")
        cursor.execute("DELETE FROM journal_chain WHERE key = 'kontoret'")
    # The rows have lost what told of them; that a chain is gone, only the seal can say.
    assert not any("kontoret" in fault for fault in verify_register().faults)
    assert any("sigillet" in fault for fault in verify_register(seal=seal).faults)


def test_a_forged_seal_is_found(case: Case, tmp_path: Path) -> None:
    seal = tmp_path / "seal.txt"
    verify_register(seal=seal)
    day, signed = seal.read_text().split()
    seal.write_text(f"{day} {signed[:-2]}xx\n")
    assert any("ändrat" in fault for fault in verify_register(seal=seal).faults)
    seal.write_text(f"2001-01-01 {signed}\n")
    assert any("daterat" in fault for fault in verify_register(seal=seal).faults)


@pytest.mark.usefixtures("db")
def test_a_room_adds_its_own_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.register.audit._VERIFIERS", {})
    register_verifier("room", lambda: ["Ett fel."])
    assert verify_register().faults == ["Ett fel."]
    with pytest.raises(ValueError, match="room"):
        register_verifier("room", list)
