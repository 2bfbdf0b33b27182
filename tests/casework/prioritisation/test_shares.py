# SPDX-License-Identifier: EUPL-1.2
"""Shares and the rule of the merge are fixed before any list is; scales have words (R34, R41)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casework.planning.enums import VersionState
from casework.planning.models import CriteriaVersion, Round, ScaleStep
from casework.planning.services import (
    CriterionRow,
    change_area,
    save_criteria,
    set_merge_rule,
)
from casework.preset.loader import criteria_of
from tests.small_city import SmallCity


def test_shares_and_rule_cannot_change_once_a_list_was_fixed(city: SmallCity) -> None:
    """The group of the small city has fixed its list; opening it again frees no share."""
    area, planner = city.round_area, city.people["slk"]
    with pytest.raises(ValidationError, match="låstes"):
        change_area(area=area, actor=planner, share=3)
    with pytest.raises(ValidationError, match="låstes"):
        set_merge_rule(round=city.round, adjusted=True, actor=planner)
    change_area(area=area, actor=planner, share=area.share)


def test_shares_change_freely_before(city: SmallCity) -> None:
    later = Round.objects.filter(shares_locked_at=None).exclude(pk=city.round.pk).first()
    assert later is not None
    area = later.areas.first()
    assert area is not None
    assert change_area(area=area, actor=city.people["slk"], share=4).share == 4
    set_merge_rule(round=later, adjusted=True, actor=city.people["slk"])
    later.refresh_from_db()
    assert float(later.first_divisor) == 1.2


def test_not_even_the_database_unlocks_shares(city: SmallCity) -> None:
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        Round.objects.filter(pk=city.round.pk).update(shares_locked_at=None)


def test_each_step_of_the_presets_scales_has_words_of_its_own() -> None:
    for row in criteria_of():
        assert row.steps is not None
        assert len(set(row.steps)) == 6


@pytest.mark.django_db
def test_a_draft_keeps_the_words_of_its_steps_when_a_page_does_not_name_them() -> None:
    steps = [f"Steg {number}" for number in range(6)]
    first = save_criteria(name="A", rows=[CriterionRow("nytta", "Nytta", steps=steps)], actor=None)
    CriteriaVersion.objects.filter(pk=first.pk).update(state=VersionState.IN_USE)
    second = save_criteria(name="A", rows=[CriterionRow("nytta", "Ny nytta")], actor=None)
    again = save_criteria(
        name="A",
        rows=[CriterionRow("nytta", "Ny nytta"), CriterionRow("risk", "Risk")],
        actor=None,
        version=second,
    )
    assert again == second != first
    words = ScaleStep.objects.filter(criterion__version=second).values_list("words", flat=True)
    assert list(words) == steps


@pytest.mark.django_db
def test_a_scale_has_six_steps_or_none() -> None:
    with pytest.raises(ValidationError, match="sex steg"):
        save_criteria(name="A", rows=[CriterionRow("nytta", "Nytta", steps=["bra"])], actor=None)
