# SPDX-License-Identifier: EUPL-1.2
"""The pages of rounds: faults stand at their fields, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.organisation.models import User
from casework.planning.enums import RoundState
from casework.planning.models import Round
from casework.planning.services import (
    ALL_DATES,
    CriterionRow,
    change_round,
    open_cycle,
    save_criteria,
)
from casework.process.enums import Standing, stage_words
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(city: SmallCity, client: Client) -> Round:
    """A round that is planned, and the office at its page."""
    client.force_login(city.people["slk"])
    cycle = open_cycle(budget_year=2040, actor=city.people["slk"])
    return Round.objects.filter(cycle=cycle)[0]


def _dates(row: Round, **changed: str) -> dict[str, str]:
    kept = {name: str(day) for name in ALL_DATES if (day := getattr(row, name))}
    return {**kept, **changed, "save": ""}


def _send(client: Client, row: Round, data: dict[str, Any]) -> Any:
    answer = client.post(reverse("desk_round", args=[row.slug]), data)
    assert answer.status_code == 422
    return answer


def test_6_a_rounds_days_stand_as_typed_with_what_is_wrong_at_each(
    client: Client, planned: Round
) -> None:
    wrong = _dates(planned, opens_on="2026-13-40", council_on="hej")
    form = _send(client, planned, wrong).context["form"]
    assert form["opens_on"].value() == "2026-13-40"
    assert set(form.errors) == {"opens_on", "council_on"}

    early = _send(client, planned, _dates(planned, decision_on="2030-01-01"))
    form = early.context["form"]
    assert form["decision_on"].value() == "2030-01-01"
    assert list(form.errors) == ["decision_on"]
    assert 'href="#id_decision_on"' in early.content.decode()


def test_6_frames_stand_as_typed_with_what_is_wrong_at_its_cell(
    client: Client, planned: Round
) -> None:
    data = {"frames": "", "frame-0-1-total": "hundra", "frame-0-2-total": "500"}
    answer = _send(client, planned, data)
    form, page = answer.context["frames_form"], answer.content.decode()
    assert (form["frame-0-1-total"].value(), form["frame-0-2-total"].value()) == ("hundra", "500")
    assert list(form.errors) == ["frame-0-1-total"]
    assert 'id="id_frame-0-1-total_error"' in page
    assert not planned.frames.exists()


def test_6_an_areas_share_stands_as_typed_in_its_own_row(client: Client, planned: Round) -> None:
    row = planned.areas.first()
    assert row is not None
    data = {"area": row.pk, f"area-{row.pk}-share": "0", f"area-{row.pk}-group": row.group_id}
    areas = dict(_send(client, planned, data).context["areas"])
    assert areas[row]["share"].value() == "0"
    assert list(areas[row].errors) == ["share"]
    assert not any(form.is_bound for area, form in areas.items() if area != row)


def test_6_a_closed_round_offers_no_area_to_take_in(client: Client, planned: Round) -> None:
    planned.areas.all().delete()
    here = reverse("desk_round", args=[planned.slug])
    assert 'name="add_area"' in client.get(here).content.decode()
    Round.objects.filter(pk=planned.pk).update(state=RoundState.CLOSED)
    assert 'name="add_area"' not in client.get(here).content.decode()


def test_6_a_day_of_no_year_that_counts_is_told_at_its_field(
    client: Client, planned: Round
) -> None:
    here = reverse("desk_round", args=[planned.slug])
    for day in ("0001-01-01", "9999-12-31"):
        answer = client.get(here, {"kf": day})
        assert answer.status_code == 200
        assert list(answer.context["back_form"].errors) == ["kf"]
        assert f"Året {int(day[:4])} kan inte stämma." in answer.content.decode()


def test_6_a_round_has_no_draft_for_its_criteria(client: Client, planned: Round) -> None:
    """A draft is written anew each time it is saved, whatever was judged by it."""
    office = User.objects.get(username="slk")
    draft = save_criteria(name="Nya", rows=[CriterionRow("nytta", "Nytta")], actor=office)
    answer = _send(client, planned, {**_dates(planned), "criteria_version": draft.pk})
    assert list(answer.context["form"].errors) == ["criteria_version"]
    with pytest.raises(ValidationError) as caught:
        change_round(round=planned, dates={}, criteria_version=draft, actor=office)
    assert list(caught.value.message_dict) == ["criteria_version"]


def test_8_where_a_rounds_initiatives_stand_is_told_along_the_way(
    city: SmallCity, client: Client
) -> None:
    client.force_login(city.people["slk"])
    answer = client.get(reverse("desk_round", args=[city.round.slug]))
    words = [words for words, _n in answer.context["counts"]]
    along = [stage_words(code) for code in Standing.values]
    assert len(words) > 1
    assert words == [each for each in along if each in words]
