# SPDX-License-Identifier: EUPL-1.2
"""Registry numbers: what registration refuses, a search still reads."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.register.numbers import (
    RegistryNumber,
    RegistryNumberError,
    best_reading,
    find_in_text,
    format_number,
    parse_lenient,
    parse_short,
    parse_strict,
)


def facts(number: RegistryNumber | None) -> tuple[object, ...] | None:
    if number is None:
        return None
    return number.authority, number.classification, number.year, number.serial, number.record


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        # classification in front, year last
        ("031-3884/2007", (None, "031", 2007, 3884, None)),
        ("328-7/2004", (None, "328", 2004, 7, None)),
        ("105-0332/2007", (None, "105", 2007, 332, None)),
        ("030-2455/05", (None, "030", 2005, 2455, None)),
        ("013 – 430 / 05", (None, "013", 2005, 430, None)),
        ("103-209/98", (None, "103", 1998, 209, None)),
        ("031 3884 2007", (None, "031", 2007, 3884, None)),
        ("1.5.1-135-2012", (None, "1.5.1", 2012, 135, None)),
        ("2.6/2176/2021", (None, "2.6", 2021, 2176, None)),
        ("1.6-11180/12", (None, "1.6", 2012, 11180, None)),
        ("2.1/1216-2011", (None, "2.1", 2011, 1216, None)),
        ("7-742-2011", (None, "7", 2011, 742, None)),
        # year first or in the middle, classification in the middle or behind
        ("2006-152-307", (None, "152", 2006, 307, None)),
        ("T2012-050-05828", ("T", "050", 2012, 5828, None)),
        ("e2012-050-01758", ("E", "050", 2012, 1758, None)),
        ("T 2010-313-01743", ("T", "313", 2010, 1743, None)),
        ("1087-2009-503", (None, "503", 2009, 1087, None)),
        ("2002-11922-54", (None, "54", 2002, 11922, None)),
        ("2019-1.1.1-256", (None, "1.1.1", 2019, 256, None)),
        ("473-19-2.4.2", (None, "2.4.2", 2019, 473, None)),
        # an authority's series
        ("KS 2019/562", ("KS", None, 2019, 562, None)),
        ("ks 2026 12", ("KS", None, 2026, 12, None)),
        ("KS20261", ("KS", None, 2026, 1, None)),
        ("KS-2026-12", ("KS", None, 2026, 12, None)),
        ("KS/2026/12", ("KS", None, 2026, 12, None)),
        ("KS 2026:12", ("KS", None, 2026, 12, None)),
        ("KS 12/2026", ("KS", None, 2026, 12, None)),
        ("2026/12 KS", ("KS", None, 2026, 12, None)),
        ("SLK 26/7", ("SLK", None, 2026, 7, None)),
        ("KS-E 2026/12", ("KS-E", None, 2026, 12, None)),
        # a record in the case
        ("KS 2026/12-3", ("KS", None, 2026, 12, 3)),
        ("KS 2026-12-03", ("KS", None, 2026, 12, 3)),
        ("KS202612-3", ("KS", None, 2026, 12, 3)),
        ("KS 12/2026-3", ("KS", None, 2026, 12, 3)),
        ("031-3884/2007-2", (None, "031", 2007, 3884, 2)),
        ("T2012-050-05828-3", ("T", "050", 2012, 5828, 3)),
        # ministries, with a unit behind
        ("S2020/00577/SOF", ("S", None, 2020, 577, None)),
        ("S2010/1833/HS m", ("S", None, 2010, 1833, None)),
        ("Fi2020/03725/S1", ("FI", None, 2020, 3725, None)),
        ("N202101813", ("N", None, 2021, 1813, None)),
        # a label in front
        ("dnr KS 2026/12", ("KS", None, 2026, 12, None)),
        ("Dnr: 031-3884/2007", (None, "031", 2007, 3884, None)),
        ("(Dnr 051-823/2008)", (None, "051", 2008, 823, None)),
        ("D-nr 328-7/2004", (None, "328", 2004, 7, None)),
        ("diarienr KS2026/12", ("KS", None, 2026, 12, None)),
        ("Diarienummer: Fi 2021/02505", ("FI", None, 2021, 2505, None)),
        ("ärende KS 2026/12", ("KS", None, 2026, 12, None)),
        ("Vår ref: KS 2026/12", ("KS", None, 2026, 12, None)),
        ("KS dnr 2026/12", ("KS", None, 2026, 12, None)),
        ("dnr 20073884", (None, None, 2007, 3884, None)),
        ("2012/3569", (None, None, 2012, 3569, None)),
    ],
)
def test_lenient_reads_printed_spellings(spelling: str, expected: tuple[object, ...]) -> None:
    assert facts(best_reading(spelling)) == expected


@pytest.mark.parametrize(
    "nonsense",
    [
        "", " ", "hej", "KS", "2007", "12345", "12/5", "0/0", "KS 2026/0", "KS 2026/99999999",
        "2026-12-24", "19990101-1234", "990101-1999", "2007-2010", "08-508 29 000", "SOU 2008:13",
        "prop. 2007/08:85", "2007/08:85", "bildnr 2012/3", "KS 2026/12, KS 2026/13", "1 250 tkr",
        "KS 2026/12" * 30, "\x00", "(((", "e-tjänst 2012",
    ],
)  # fmt: skip
def test_lenient_reads_nonsense_as_none(nonsense: str) -> None:
    assert parse_lenient(nonsense) == []


def test_an_ambiguous_spelling_gives_every_reading() -> None:
    assert {number.loose_key for number in parse_lenient("2006-152-307")} == {
        "2006/307",
        "2006/152",
    }


def test_key_leaves_out_classification_and_record() -> None:
    assert RegistryNumber("KS", "031", 2026, 12, 3).key == "KS 2026/12"
    assert RegistryNumber(None, "031", 2007, 3884).key == "2007/3884"
    assert RegistryNumber("KS", None, 2026, 12).loose_key == "2026/12"


@pytest.mark.parametrize("text", ["KS 2026/12", "KS 2026/12-3", "031-3884/2007", "SLK-E 2026/7"])
def test_strict_accepts_the_canonical_shapes(text: str) -> None:
    assert parse_strict(text) == best_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "ks 2026/12",
        "KS 26/12",
        "KS 2026/012",
        "KS  2026/12",
        "KS 2026–12",
        "KS 2026/12 ",
        "",
        "KS 9026/1",
    ],
)
def test_strict_refuses_everything_else(text: str) -> None:
    with pytest.raises(RegistryNumberError):
        parse_strict(text)


def test_numbers_are_found_in_running_text() -> None:
    text = (
        "Utlåtande 2010:8 RI (Dnr 051-823/2008), prop. 2007/08:85, åren 2007-2010 och 2026-03-04; "
        "jämför KS 2026/12-3, T2012-050-05828 samt ks 2026/4. Budgeten 2008/09 rörs inte."
    )
    assert [number.key for number in find_in_text(text)] == [
        "2008/823", "KS 2026/12", "T 2012/5828", "KS 2026/4",
    ]  # fmt: skip


authorities = st.sampled_from(["KS", "SLK", "KS-E", "Fö", "T", "SBN"])
dashes = st.sampled_from(["-", "–", "—", "‑", "−"])
spaces = st.sampled_from(["", " ", "\u00a0", "  ", "\u2009"])
labels = st.sampled_from(["", "dnr ", "Dnr: ", "diarienr ", "Diarienummer: ", "D-nr "])
years = st.integers(1950, 2049)
serials = st.integers(1, 99_999)


@given(
    authorities,
    years,
    serials,
    st.none() | st.integers(1, 999),
    dashes,
    spaces,
    spaces,
    labels,
    st.booleans(),
)
def test_a_formatted_number_survives_spelling_noise(
    authority: str,
    year: int,
    serial: int,
    record: int | None,
    dash: str,
    inner: str,
    outer: str,
    label: str,
    lower: bool,
) -> None:
    shown = format_number(authority.upper(), year, serial, record)
    assert parse_strict(shown) == RegistryNumber(authority.upper(), None, year, serial, record)
    noisy = shown.replace("-", dash).replace("/", f"{inner}/{inner}").replace(" ", outer or " ", 1)
    noisy = f"{outer}{label}{noisy.lower() if lower else noisy}{outer}"
    assert best_reading(noisy) == RegistryNumber(authority.upper(), None, year, serial, record)


@given(st.sampled_from(["031", "105", "1.5.1", "2.6"]), serials, years, dashes, spaces, labels)
def test_a_classified_number_survives_spelling_noise(
    code: str, serial: int, year: int, dash: str, space: str, label: str
) -> None:
    noisy = f"{label}{code}{space}{dash}{space}{serial}{space}/{space}{year}"
    assert facts(best_reading(noisy)) == (None, code, year, serial, None)


@given(st.text(max_size=120) | st.text("KSdnr0123456789 -/:.–", max_size=40))
def test_parsing_never_raises_anything_else(text: str) -> None:
    for number in parse_lenient(text) + find_in_text(text):
        assert number.serial > 0
        assert 1850 <= number.year <= 2099
    with suppress(RegistryNumberError):
        parse_strict(text)


def test_9_a_record_behind_a_colon_is_read_and_a_bill_is_not() -> None:
    assert facts(best_reading("2026/35:1")) == (None, None, 2026, 35, 1)
    assert facts(best_reading("35/2026:1")) == (None, None, 2026, 35, 1)
    assert parse_lenient("2026/27:1") == parse_lenient("12/13:1") == []


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("35", (None, 35, None)),
        ("35-1", (None, 35, 1)),
        ("35 : 12", (None, 35, 12)),
        ("ks35-1", ("KS", 35, 1)),
        ("dnr 35–1", (None, 35, 1)),
        ("35-0", None),
        ("35-1-2", None),
    ],
)
def test_9_a_number_without_its_year_may_name_a_record(
    spelling: str, expected: tuple[object, ...] | None
) -> None:
    assert parse_short(spelling) == expected
