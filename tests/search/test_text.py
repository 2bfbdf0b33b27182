# SPDX-License-Identifier: EUPL-1.2
"""Swedish text analysis: words, stems, parts, numbers, spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snippets import Marker, snippet
from search.text.analysis import analyse, grams, stems_of
from search.text.keys import citations, keys_in, keys_of_number, keys_of_query
from search.text.lexicon import Lexicon, fold
from search.text.parts import parts_of
from search.text.query import parse
from search.text.stems import stem
from search.text.tokens import split_glued, tidy


@pytest.mark.parametrize(
    "forms",
    [
        "ärende ärendet ärenden ärendena ärendets",
        "system systemet systemen systemens",
        "verksamhetssystem verksamhetssystemet verksamhetssystemens",
        "kontor kontoret kontoren kontorets",
        "tjänst tjänster tjänsten tjänsterna",
        "beslut beslutet besluten",
        "departement departementet departementets",
        "bostad bostaden bostäder bostäderna",
        "land landet länder länderna",
        "skola skolan skolor skolornas",
        "karta kartan kartor kartans",
        "plan planen planer planerna",
        "område området områden områdena",
        "nämnd nämnden nämnder nämndernas",
    ],
)
def test_inflections_share_a_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("lån", "län"), ("får", "far"), ("år", "ar"), ("plan", "plats"), ("man", "må")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_hyphenated_words_are_indexed_in_all_spellings() -> None:
    assert stems_of("it-drift i EU:s e-tjänst") == [
        "it", "drift", "itdrift", "i", "eu", "e", "tjänst", "etjänst",
    ]  # fmt: skip
    assert stems_of(tidy("in\u00adkomst")) == [stem("inkomst")]


def test_glued_titles_are_split() -> None:
    assert split_glued("marknadsstrateginDiarienummer: UD2025/08837").startswith(
        "marknadsstrategin Diarienummer"
    )
    assert split_glued("eHälsa och SoN") == "eHälsa och SoN"


def test_compound_parts_are_curated() -> None:
    assert "system" in parts_of("verksamhetssystemet")
    assert parts_of("systemet") == ()
    assert parts_of("gatan") == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("SOU 2006 : 58", "sou:2006:58"),
        ("sou 2015 71", "sou:2015:71"),
        ("ds nr 24 år 2015", "ds:2015:24"),
        ("Ds 2008:13", "ds:2008:13"),
        ("prop. 2007/08:55", "prop:2007/08:55"),
        ("proposition 2005-06:128", "prop:2005/06:128"),
        ("Prop. 1999/2000:54", "prop:1999/00:54"),
        ("ip. 1994/95:1", "ip:1994/95:1"),
        ("interpellation 2019-20:292", "ip:2019/20:292"),
        ("dir2014:105", "dir:2014:105"),
        ("2021/22:FPM46", "fpm:2021/22:46"),
        ("skr2023/24:104", "skr:2023/24:104"),
        ("Motion (2012:8) av X (MP)", "motion:2012:8"),
        ("utlåtande 2010:8 RI", "utlåtande:2010:8"),
        ("(1988:1145)", "nr:1988:1145"),
        ("Fi2001/208", "dnr:FI 2001/208"),
        ("031-3884/2007", "dnr:2007/3884"),
    ],
)
def test_numbers_have_one_key(text: str, key: str) -> None:
    assert key in {each.text for each in keys_of_query(text)[0]}
    assert key in {each.text for each in keys_of_number(text)}


def test_numbers_are_found_in_prose() -> None:
    text = (
        "Förslaget i SOU 2007:34 och prop. 2007/08:85 behandlas i KS 2026/12-3 (Dnr 051-823/2008)."
    )
    assert {key.text for key in keys_in(text) if not key.loose} == {
        "sou:2007:34", "prop:2007/08:85", "dnr:KS 2026/12", "dnr:2008/823",
    }  # fmt: skip


def test_prose_without_numbers_has_no_keys() -> None:
    assert keys_in("Klockan 10:30 den 2026-01-02 var 3/4 av 2007-2010 års medel kvar.") == []


def lexicon(*titles: str) -> Lexicon:
    return Lexicon.of((analyse(title, "").title, "") for title in titles)


def test_only_unknown_words_are_repaired() -> None:
    words = lexicon("Trängselskatt", "Länsstyrelsen", "Lån", "Lan")
    assert parse("trangselskatt", words).repairs == {"trangselskatt": (stem("trängselskatt"),)}
    assert parse("trängselskatt", words).repairs == {}
    assert parse("lan", words).repairs == {}
    assert parse("qwertyuiop", words).repairs == {}


def test_unknown_compounds_are_split_and_neighbours_joined() -> None:
    words = lexicon("Koldioxidskatt", "Grön energi", "Program")
    assert [t.surface for t in parse("koldioxid skatt", words).compounds] == ["koldioxidskatt"]
    spellings = parse("energiprogram", words).terms[0].spellings
    assert {s.stem for s in spellings} >= {"energi", "program"}


def test_a_lexicon_survives_being_kept() -> None:
    words = lexicon("Karta över staden", "Karta")
    kept = Lexicon.load(words.dump())
    assert kept.frequencies == words.frequencies
    assert (kept.documents, kept.average_title) == (words.documents, words.average_title)
    analysis = analyse("Karta", "")
    kept.remove(analysis.title, analysis.body)
    assert kept.frequency("kart") == 1


def test_folding_serves_comparison_only() -> None:
    assert fold("ångström") == "angstrom"
    assert analyse("Ångström", "").title == "ångström"


def test_grams() -> None:
    assert grams("skatt") == ["skatt"]
    assert grams("skatter", 5) == ["skatt", "katte", "atter"]
    assert grams("år") == []


@given(st.text(max_size=300))
def test_no_text_breaks_the_analysis(text: str) -> None:
    analysis = analyse(text, text, [text])
    assert "  " not in analysis.body
    assert len(parse(text, lexicon("Karta")).terms) <= 120
    citations(text)


@given(st.text("<>&\"'kart ", max_size=120), st.sampled_from(["karta", "<", "&amp"]))
def test_snippets_are_always_escaped(text: str, query: str) -> None:
    shown, _marks = snippet(text, Marker(parse(query, Lexicon())))
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
