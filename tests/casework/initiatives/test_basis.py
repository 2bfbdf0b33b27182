# SPDX-License-Identifier: EUPL-1.2
"""Cost per year and benefit per group: what initiatives are compared by (R6, R44, R48, R49)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casework.initiatives.audit import projection_faults
from casework.initiatives.basis import (
    COLUMNS,
    YEARS,
    CostPlan,
    clean_benefit_scale,
    clean_cost_plan,
    read_tkr,
    show_cost_plan,
)
from casework.initiatives.enums import Part
from casework.initiatives.models import Initiative
from casework.initiatives.selectors import bases_of
from casework.initiatives.services import begin, write_answers
from tests.casework.bodies import Bodies

PLAN = {
    "one_off": ["1 250", "", ""],
    "running": ["", "100", "100 tkr"],
    "own": ["250", "", ""],
    "external": ["", "50", ""],
    "after": "90",
}
SCALE = {
    "citizens": {"level": "4", "measure": "Tid i kö", "evidence": "Mätning i maj"},
    "users": {"level": "0", "measure": "", "evidence": ""},
    "visitors": {"level": "", "measure": "", "evidence": ""},
}


def _prepared(city: Bodies, **answers: Any) -> Initiative:
    initiative = begin(actor=city["larare"])
    write_answers(
        initiative=initiative, part=Part.ORIGINATOR,
        answers={"title": "Bokning", "cost_tkr": "900"}, actor=city["larare"],
    )  # fmt: skip
    write_answers(
        initiative=initiative, part=Part.PREPARATION, answers=answers, actor=city["kontakt"]
    )
    initiative.refresh_from_db()
    return initiative


def test_r48_a_cost_plan_is_told_year_by_year_and_summed(bodies_city: Bodies) -> None:
    initiative = _prepared(bodies_city, cost_plan=PLAN)
    (basis,) = bases_of([initiative])
    assert basis.plan is not None
    assert [year.asked for year in basis.plan.years] == [1000, 50, 100]
    assert (basis.plan.total, basis.plan.asked, basis.plan.after) == (1450, 1150, 90)
    lines = initiative.cost_lines.values_list("year", "one_off_tkr", "running_tkr", "own_tkr")
    assert list(lines) == [(1, 1250, 0, 250), (2, 0, 100, 0), (3, 0, 100, 0), (4, 0, 90, 0)]
    assert initiative.cost_tkr == 1450  # the plan counts over the first estimate
    words = basis.words["cost_plan"].replace("\xa0", " ")
    assert "År 1: engångskostnad 1 250 tkr, egna medel 250 tkr" in words
    assert "Summa år 1–3: 1 450 tkr, varav 1 150 tkr söks av staden" in words


def test_r49_a_benefit_is_judged_for_each_group_on_a_scale_in_words(bodies_city: Bodies) -> None:
    initiative = _prepared(bodies_city, benefit_scale=SCALE)
    (basis,) = bases_of([initiative])
    assert [basis.level(group) for group in ("citizens", "users", "visitors")] == [4, 0, None]
    assert basis.benefit_sum == 4
    rows = initiative.benefit_lines.values_list("group", "level", "measure")
    assert list(rows) == [("citizens", 4, "Tid i kö"), ("users", 0, "")]
    assert basis.words["benefit_scale"].startswith(
        "Medborgare: 4, Stor: ett nytt arbetssätt eller en ny tjänst. Mått: Tid i kö. Underlag:"
    )


def test_rows_follow_the_newest_answers(bodies_city: Bodies) -> None:
    initiative = _prepared(bodies_city, cost_plan=PLAN, benefit_scale=SCALE)
    write_answers(
        initiative=initiative, part=Part.PREPARATION,
        answers={"cost_plan": {}, "benefit_scale": {"companies": {"level": 2}}},
        actor=bodies_city["kontakt"],
    )  # fmt: skip
    initiative.refresh_from_db()
    assert not initiative.cost_lines.exists()
    assert list(initiative.benefit_lines.values_list("group", "level")) == [("companies", 2)]
    assert initiative.cost_tkr == 900


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"one_off": ["mycket", "", ""]}, "inte ”mycket”"),
        ({"one_off": ["-5", "", ""]}, "inte ”-5”"),
        ({"own": ["", "101", ""]}, "År 2 har mer finansiering än kostnad."),
        ({"after": "1000000000"}, "större än 100 miljarder"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        clean_cost_plan(PLAN | {"external": ["", "", ""]} | change)


def test_words_without_a_level_are_refused_and_not_dropped() -> None:
    with pytest.raises(ValidationError, match="Välj hur stor nyttan är för företag"):
        clean_benefit_scale({"companies": {"level": "", "measure": "Tid", "evidence": ""}})
    with pytest.raises(ValidationError, match="Välj ett av alternativen"):
        clean_benefit_scale({"companies": {"level": "6"}})


amounts = st.lists(st.integers(0, 10**6), min_size=YEARS, max_size=YEARS)


@given(amounts, amounts, st.integers(0, 10**6))
def test_a_plan_reads_back_as_it_was_written(
    one_off: list[int], running: list[int], after: int
) -> None:
    typed = {
        "one_off": [f"{tkr:,}".replace(",", " ") for tkr in one_off],
        "running": [f"{tkr:,} tkr".replace(",", "\u00a0") for tkr in running],
        "after": str(after),
    }
    stored = clean_cost_plan(typed)
    assert clean_cost_plan(stored) == stored
    plan = CostPlan.of(stored)
    assert plan is not None
    assert plan.total == plan.asked == sum(one_off) + sum(running)
    assert plan.after == after
    assert set(stored) == {*COLUMNS, "after"}
    assert show_cost_plan(stored)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_an_amount(text: str) -> None:
    try:
        amount = read_tkr(text)
    except ValidationError:
        return
    assert amount >= 0


def test_many_are_compared_in_as_few_queries_as_two(
    bodies_city: Bodies, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _count in range(3):
        _prepared(bodies_city, cost_plan=PLAN, benefit_scale=SCALE)
    rows = list(Initiative.objects.prefetch_related("affected"))
    with django_assert_num_queries(2):
        assert len(bases_of(rows)) == len(rows)


@pytest.mark.parametrize("what", ["cost", "benefit", "gone"])
def test_a_line_changed_past_the_services_is_found(bodies_city: Bodies, what: str) -> None:
    initiative = _prepared(bodies_city, cost_plan=PLAN, benefit_scale=SCALE)
    assert list(projection_faults()) == []
    if what == "cost":
        initiative.cost_lines.filter(year=1).update(one_off_tkr=1)
    elif what == "benefit":
        initiative.benefit_lines.filter(group="users").update(level=5)
    else:
        initiative.cost_lines.filter(year=4).delete()
    (fault,) = projection_faults()
    assert "Bokning" in fault


@pytest.mark.parametrize("text", ["", " ", "tkr", "1,5", "-1", "²"])
def test_what_is_no_amount_is_told_and_not_taken_for_nought(text: str) -> None:
    with pytest.raises(ValidationError, match="heltal i tusental"):
        read_tkr(text)
