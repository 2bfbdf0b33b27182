# SPDX-License-Identifier: EUPL-1.2
"""PDFs: to keep and to hear read, every word in them, and nothing left of LibreOffice (issue 7)."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path

import pytest

from docgen import pdf
from docgen.content import DecisionGroup, DecisionPoint, ReportContent, Section
from tests.docgen.hostile import PLAIN, contents, how_many, is_shown, squeezed, texts_of
from tests.docgen.rendering import make, pdf_text, verapdf_faults

SAMPLE = how_many(10)


@pytest.fixture(scope="module")
def broken_lines(rich_content: ReportContent) -> ReportContent:
    group = DecisionGroup(
        "d1",
        "Kommunfullmäktige",
        (DecisionPoint("p1", "Att bevilja 100 kr till A\nAtt avslå B"),),
        "Kommunstyrelsen föreslår\nkommunfullmäktige besluta följande",
    )
    section = Section("a9", "Bakgrund", "<p>Först A<br/>sedan B</p>")
    return dataclasses.replace(rich_content, decisions=(group,), sections=(section,))


@pytest.fixture(scope="module")
def hostile() -> list[ReportContent]:
    return list(contents(SAMPLE, strings=PLAIN))


@pytest.fixture(scope="module")
def made(
    founding: ReportContent,
    rich_content: ReportContent,
    broken_lines: ReportContent,
    hostile: list[ReportContent],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """All PDFs of this module, by one LibreOffice."""
    named = {"founding": founding, "rich": rich_content, "lines": broken_lines}
    named |= {f"hostile{n}": content for n, content in enumerate(hostile)}
    folder = tmp_path_factory.mktemp("pdf")
    outcomes = pdf.to_pdfs([make(content).data for content in named.values()])
    files = {}
    for name, outcome in zip(named, outcomes, strict=True):
        assert isinstance(outcome, bytes), outcome
        files[name] = folder / f"{name}.pdf"
        files[name].write_bytes(outcome)
    return files


@pytest.mark.service("libreoffice", "verapdf")
@pytest.mark.slow
def test_every_pdf_passes_pdf_a_2b_and_pdf_ua_1(made: dict[str, Path]) -> None:
    assert verapdf_faults(list(made.values())) == []


@pytest.mark.service("libreoffice")
@pytest.mark.slow
def test_line_breaks_part_the_words_in_the_pdf_too(made: dict[str, Path]) -> None:
    """A point on two lines was printed as "till AAtt avslå B"."""
    text = pdf_text(made["lines"])
    for before, after in (("till A", "Att avslå B"), ("föreslår", "kommunf"), ("Först A", "sedan")):
        assert f"{before}\n{after}" in "\n".join(x.strip() for x in text.splitlines())


@pytest.mark.service("libreoffice")
@pytest.mark.slow
def test_every_character_of_hostile_reports_is_in_the_pdf(
    made: dict[str, Path], hostile: list[ReportContent]
) -> None:
    for number, content in enumerate(hostile):
        # What runs over a page has that page's header in the middle of it.
        text = squeezed(pdf_text(made[f"hostile{number}"], body_only=True))
        assert [x for x in texts_of(content) if not is_shown(x, text)] == [], number


@pytest.mark.service("libreoffice")
@pytest.mark.slow
def test_a_bad_file_costs_the_others_nothing(founding: ReportContent) -> None:
    good = make(founding).data
    first, second = pdf.to_pdfs([b"PK no Word file", good])
    assert isinstance(first, pdf.PdfUnavailable)
    assert isinstance(second, bytes)


def test_without_libreoffice_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.pdf.shutil.which", lambda name: None)
    assert not pdf.available()
    with pytest.raises(pdf.PdfUnavailable, match="inte installerat"):
        pdf.to_pdf(b"")


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A program in LibreOffice's place, and the folder that temporary folders are made in."""
    program, place = tmp_path / "soffice", tmp_path / "temporary"
    place.mkdir()
    program.touch(0o755)
    monkeypatch.setattr("docgen.pdf.shutil.which", lambda name: str(program))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return program, place


def _alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # what has ended waits there to be counted


def test_a_hanging_libreoffice_is_ended_with_all_that_it_started(
    soffice: tuple[Path, Path], tmp_path: Path, founding: ReportContent
) -> None:
    """The launcher alone was ended: the program itself lived on, and so did its profile."""
    program, place = soffice
    log = tmp_path / "numbers"
    program.write_text(
        f"#!/bin/sh\nsleep 300 &\necho $$ $! >> {log}\nmkdir {place}/*/profile\nwait\n"
    )
    with pytest.raises(pdf.PdfUnavailable, match="lång tid"):
        pdf.to_pdf(make(founding).data, seconds=0.5)
    started = [int(x) for line in log.read_text().splitlines() for x in line.split()]
    assert len(started) == 4  # tried once more, each time with a child
    for _moment in range(50):
        if not any(map(_alive, started)):
            break
        time.sleep(0.1)
    assert [x for x in started if _alive(x)] == []
    assert list(place.iterdir()) == []


def test_a_libreoffice_that_fails_once_is_tried_again(
    soffice: tuple[Path, Path], tmp_path: Path, founding: ReportContent, small_pdf: bytes
) -> None:
    program, place = soffice
    (tmp_path / "made.pdf").write_bytes(small_pdf)
    program.write_text(
        f"#!/bin/sh\n[ -e {tmp_path}/once ] || {{ touch {tmp_path}/once; exit 81; }}\n"
        f"cp {tmp_path}/made.pdf $(echo {place}/*)/0.pdf\n"
    )
    assert pdf.to_pdf(make(founding).data).startswith(b"%PDF")
    assert list(place.iterdir()) == []


def test_half_a_file_is_no_pdf(
    soffice: tuple[Path, Path], tmp_path: Path, founding: ReportContent
) -> None:
    program, place = soffice
    program.write_text(f"#!/bin/sh\nprintf '%%PDF-1.7 half' > $(echo {place}/*)/0.pdf\n")
    with pytest.raises(pdf.PdfUnavailable, match="fel"):
        pdf.to_pdf(make(founding).data)


@pytest.fixture
def small_pdf() -> bytes:
    """A PDF of one empty page with metadata, as LibreOffice makes them."""
    import io

    import pikepdf

    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Metadata = made.make_stream(b"<rdf:RDF>\n </rdf:RDF>", Type=pikepdf.Name.Metadata)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def test_what_libreoffice_leaves_out_is_put_in(small_pdf: bytes) -> None:
    import io

    import pikepdf

    from docgen.engine.pdf_archive import archived

    with pikepdf.open(io.BytesIO(archived(small_pdf))) as made:
        assert b"pdfuaid" in made.Root.Metadata.read_bytes()
    again = archived(archived(small_pdf))
    with pikepdf.open(io.BytesIO(again)) as made:
        assert made.Root.Metadata.read_bytes().count(b"pdfaExtension:schemas>") == 2
