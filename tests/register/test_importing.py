# SPDX-License-Identifier: EUPL-1.2
"""Importing earlier decisions, and finding numbers at the command line."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.organisation.models import Authority
from casework.register import importing
from casework.register.importing import import_decisions
from casework.register.management.commands import import_decisions as command
from casework.register.models import EarlierDecision
from search.models import OutboxRow

pytestmark = pytest.mark.django_db

GOOD = {
    "id": "a", "number": "SOU 2007:34", "dnr": "Fi2007/01234", "title": "Vägen", "date": "2007-03",
    "type": "SOU", "author": None, "dept": ["Finansdepartementet"], "body": "Text\x00", "odd": 1,
}  # fmt: skip


def lines(*rows: object) -> list[bytes]:
    return [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]


def test_a_row_is_stored_with_its_keys() -> None:
    report = import_decisions(lines(GOOD))
    assert (report.created, report.faults) == (1, [])
    decision = EarlierDecision.objects.get()
    assert (decision.key, decision.loose_key) == ("FI 2007/1234", "2007/1234")
    assert (decision.date, decision.dept) == (dt.date(2007, 3, 1), "Finansdepartementet")
    assert decision.body == "Text"


def test_importing_twice_touches_nothing() -> None:
    import_decisions(lines(GOOD))
    OutboxRow.objects.all().delete()
    report = import_decisions(lines(GOOD))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
    assert not OutboxRow.objects.exists()


def test_what_changed_is_updated_and_announced() -> None:
    import_decisions(lines(GOOD, {"id": "b", "title": "Annan"}))
    OutboxRow.objects.all().delete()
    report = import_decisions(lines({**GOOD, "title": "Ny väg"}, {"id": "b", "title": "Annan"}))
    assert (report.updated, report.unchanged) == (1, 1)
    decision = EarlierDecision.objects.get(external_id="a")
    assert (decision.title, decision.change_number) == ("Ny väg", 2)
    row = OutboxRow.objects.get()
    assert (row.object_id, row.change_number) == (decision.pk, 2)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "JSON"),
        (b"[1]", "objekt"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b'{"title": "x"}', "id"),
        (b'{"id": "x", "title": " "}', "title"),
        (b'{"id": "x", "title": {"a": 1}}', "title"),
        (b'{"id": "x", "title": "x", "date": "i fjol"}', "datumet"),
        (b'{"id": "x", "title": "x", "date": "2007-02-31"}', "finns inte"),
        (b'{"id": "a", "title": "samma"}', "rad 1"),
        (json.dumps({"id": "x" * 500, "title": "x"}).encode(), "längre"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_in(line: bytes, reason: str) -> None:
    report = import_decisions([*lines(GOOD), line, *lines({"id": "z", "title": "Sist"})])
    assert report.created == 2
    assert [fault.line for fault in report.faults] == [2]
    assert reason in report.faults[0].reason


def test_empty_lines_are_no_fault() -> None:
    assert import_decisions([b"\n", b"  \n"]).faults == []


@pytest.mark.parametrize("packed", [True, False])
def test_the_command_reads_gzip_and_plain(
    tmp_path: Path, packed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "decisions"
    data = b"\n".join([*lines(GOOD), b"{"])
    path.write_bytes(gzip.compress(data) if packed else data)
    Authority.objects.create(name="Kommunstyrelsen", code="KS")
    call_command("import_decisions", str(path), authority="KS", dry_run=True)
    assert EarlierDecision.objects.count() == 0
    call_command("import_decisions", str(path), authority="KS")
    said = capsys.readouterr()
    assert "1 nya, 0 ändrade, 0 oförändrade, 1 felaktiga" in said.out
    assert "Rad 2:" in said.err
    decision = EarlierDecision.objects.get()
    assert decision.authority is not None
    assert decision.authority.code == "KS"


def test_the_command_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    path = tmp_path / "broken.gz"
    path.write_bytes(gzip.compress(b'{"id": "a", "title": "x"}\n' * 50)[:-30])
    with pytest.raises(CommandError, match="kan inte läsas"):
        call_command("import_decisions", str(path))
    with pytest.raises(CommandError, match="kan inte läsas"):
        call_command("import_decisions", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="finns inte"):
        call_command("import_decisions", str(path), authority="XX")


def test_find_number_shows_how_a_spelling_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    import_decisions(lines(GOOD))
    call_command("find_number", "fi2007-1234", "2007/1234", "hej")
    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert read[0] == {
        "text": "fi2007-1234", "number": "FI 2007/1234", "authority": "FI", "year": 2007,
        "serial": 1234, "record": None, "cases": [{"dnr": "Fi2007/01234", "title": "Vägen"}],
    }  # fmt: skip
    assert read[1]["cases"] == read[0]["cases"]
    assert (read[2]["number"], read[2]["cases"]) == (None, [])


def test_a_packed_file_that_breaks_off_gives_what_stands_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A download that was cut short: nothing that could be read is lost, and the exit is not 0."""
    rows = [{"id": str(i), "title": f"{i} {hashlib.sha256(str(i).encode()).hexdigest()}"}
            for i in range(3_000)]  # fmt: skip
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(b"\n".join(lines(*rows)))[:-30_000])
    with pytest.raises(CommandError, match="avbruten"):
        call_command("import_decisions", str(path), verbosity=0)
    found = EarlierDecision.objects.count()
    assert 1_000 < found < 3_000
    assert f"{found} nya" in capsys.readouterr().out


def test_a_line_without_end_is_named_and_the_next_one_goes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is counted once, however long it is, so the numbers of later faults still hold."""
    monkeypatch.setattr(importing, "MAX_LINE", 1_000)
    monkeypatch.setattr(command, "MAX_LINE", 1_000)
    path = tmp_path / "long"
    path.write_bytes(b"x" * 5_500 + b"\n" + b"\n".join([*lines(GOOD), b"{"]))
    call_command("import_decisions", str(path), verbosity=0)
    said = capsys.readouterr()
    assert "Rad 1: raden är för lång" in said.err
    assert "Rad 3:" in said.err
    assert "1 nya" in said.out


def test_a_file_without_one_good_line_is_a_failure(tmp_path: Path) -> None:
    """Such as a web page that was saved under the file's name."""
    path = tmp_path / "page"
    path.write_bytes(b"<html>\n</html>\n")
    with pytest.raises(CommandError, match="Ingen rad"):
        call_command("import_decisions", str(path), verbosity=0)
