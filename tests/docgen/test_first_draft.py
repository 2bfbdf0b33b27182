# SPDX-License-Identifier: EUPL-1.2
"""A first draft that an official would sign (issue 7, R60): of the small city's initiatives."""

from __future__ import annotations

import re
from html import unescape

import pytest

from casework.consultation.services import state_no_consultation
from casework.initiatives.selectors import Reading, reading_of
from casework.process import services as process
from docgen import services
from docgen.content import ReportContent
from docgen.engine.ooxml import run_text, text_run
from docgen.layout import link_text, listed, report_values
from docgen.obstacles import obstacles
from docgen.services.building import content_of
from docgen.services.first_draft import _goals
from tests.built_once import built_once
from tests.small_city import SmallCity, build

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _small(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker, build) as city:
        yield city


@pytest.fixture
def city_of_initiatives(_small: SmallCity, db: None) -> SmallCity:
    return _small


@pytest.fixture
def draft(city_of_initiatives: SmallCity) -> ReportContent:
    city = city_of_initiatives
    case = city.case("registered")
    officer = city.people["handlaggare"]
    state_no_consultation(case=case, reason="Alla berörda har deltagit.", actor=officer)
    report = services.create_report(case=case, actor=officer)
    return content_of(report.get_latest_revision_as_object())


def _words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_it_decides_on_the_matter_and_has_nothing_missing(draft: ReportContent) -> None:
    assert obstacles(draft) == ()
    (group,) = draft.decisions
    assert "föreslår att" in group.lead
    texts = [point.text for point in group.points]
    assert "genomförs" in texts[0]
    assert not any("tjänsteutlåtande" in text for text in texts)


def test_the_director_signs_not_the_officer(
    draft: ReportContent, city_of_initiatives: SmallCity
) -> None:
    names = [x.name for x in draft.signatories]
    assert names[0] == str(city_of_initiatives.people["direktor"])
    assert draft.officers[0].name not in names
    assert all(x.title[:1].isupper() for x in draft.signatories)


def test_others_words_stand_in_quotation_marks_and_once(
    draft: ReportContent, city_of_initiatives: SmallCity
) -> None:
    initiative = city_of_initiatives.initiatives["registered"]
    reading = reading_of(initiative)
    everything = " ".join(_words(x.html) for x in draft.sections)
    for words in (reading.need, reading.proposal):
        assert everything.count(words) == 1
        assert f"”{words}”" in everything
    sections = [_words(x.html).strip() for x in draft.sections if x.html]
    assert len(sections) == len(set(sections))
    assert not re.search(r"(Koppling till stadens mål|Förväntad effekt|Beroenden):", everything)


def test_how_it_contributes_is_not_printed_as_a_goal_of_the_city() -> None:
    """Issue 8: the answer in words was printed as if it were the name of one of the goals."""
    named = _words(_goals(Reading(goals=("M2 Kvaliteten ska öka",), goal="Färre avhopp.")))
    assert "stadens mål ”M2 Kvaliteten ska öka”." in named
    assert "Så bidrar initiativet till stadens mål: ”Färre avhopp.”" in " ".join(named.split())
    only_words = _words(_goals(Reading(goal="Färre avhopp.")))
    assert "knyter an" not in only_words
    assert "”Färre avhopp.”" in only_words
    assert _goals(Reading()) == ""


def test_the_offices_own_view_is_there(draft: ReportContent) -> None:
    (opinion,) = [x for x in draft.sections if x.key == "opinion"]
    assert "anser att initiativet bör genomföras" in _words(opinion.html)


def test_of_a_refused_initiative_it_proposes_the_opposite(city_of_initiatives: SmallCity) -> None:
    city = city_of_initiatives
    case = city.case("registered")
    process.withdraw(
        initiative=city.initiatives["registered"],
        actor=city.initiatives["registered"].originator,
        reason="Förvaltningen har dragit tillbaka det.",
    )
    report = services.create_report(case=case, actor=city.people["handlaggare"])
    content = content_of(report.get_latest_revision_as_object())
    assert content.decisions[0].points[0].text.endswith("genomförs inte.")
    assert "inte bör genomföras" in " ".join(x.html for x in content.sections)


def test_enumerations_end_with_och() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b och c"


def test_a_number_is_not_parted_at_the_end_of_a_line(rich_content: ReportContent) -> None:
    values = report_values(rich_content)
    assert values["dnr"].value == "KS\u00a02026/12, KS\u00a02026/15"  # type: ignore[union-attr]
    assert link_text(rich_content.links[0]).startswith("Dnr\u00a0KS\u00a02025/7")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("e-tjänsten", 1), ("IT-rådet och KF-beslut", 2), ("del-projekt", 0), ("a - b, -x", 0)],
)
def test_a_short_beginning_stays_with_its_word(text: str, kept: int) -> None:
    run = text_run(text)
    assert sum(x.tag.endswith("noBreakHyphen") for x in run) == kept
    assert run_text(run) == text


def test_the_founding_paper_proposes_what_the_office_proposed(founding: ReportContent) -> None:
    """R61, R62: the boards' lists and the reservation are of the year after."""
    assert [x.lead for x in founding.decisions] == [
        "Stadsledningskontoret föreslår att kommunstyrelsen föreslår kommunfullmäktige besluta "
        "följande",
        "Stadsledningskontoret föreslår att kommunstyrelsen för egen del beslutar följande",
    ]
    assert [len(x.points) for x in founding.decisions] == [2, 5]
    assert founding.dissents == ()
    assert founding.consultation is not None
    assert "Handlingarna anger" not in founding.consultation.reason
