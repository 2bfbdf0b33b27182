# SPDX-License-Identifier: EUPL-1.2
"""The preset fills an empty city and never overwrites what the city has (R51)."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from casework.initiatives.models import FormVersion, Goal
from casework.organisation.enums import BodyKind
from casework.organisation.models import Authority, Body, ServiceArea
from casework.planning.models import CriteriaVersion
from casework.preset.loader import criteria_of, load_preset
from casework.register.models import Case, NumberSeries

pytestmark = pytest.mark.django_db


def test_an_empty_city_gets_the_model() -> None:
    loaded = load_preset()
    assert loaded.skipped == []
    assert ServiceArea.objects.in_force().count() == 5
    kinds = set(Body.objects.in_force().values_list("kind", flat=True))
    assert kinds == set(BodyKind.values) - {BodyKind.OTHER}
    form = FormVersion.objects.in_use()
    assert form is not None
    assert form.large_budget_tkr == 5000
    assert form.questions.get(key="kind").label == "Nytt stöd eller vidareutveckling?"
    assert Goal.objects.count() == 3
    assert CriteriaVersion.objects.get().criteria.count() == len(criteria_of())


def test_a_city_keeps_its_own() -> None:
    load_preset()
    Body.objects.filter(slug="kommunstyrelsen").update(name="Stadsstyrelsen")
    ServiceArea.objects.filter(slug="tekniska").update(description="Vår egen text.")
    FormVersion.objects.update(name="Idé")
    loaded = load_preset()
    assert loaded.added == []
    assert "Stadsstyrelsen" in loaded.skipped
    assert Body.objects.get(slug="kommunstyrelsen").name == "Stadsstyrelsen"
    assert ServiceArea.objects.get(slug="tekniska").description == "Vår egen text."
    assert FormVersion.objects.get().name == "Idé"


def test_a_new_city_starts_from_the_preset_without_cases() -> None:
    call_command("load_preset", stdout=io.StringIO())
    call_command("load_preset", stdout=io.StringIO())
    assert ServiceArea.objects.count() == 5
    assert Body.objects.filter(kind="service_area_group").count() == 5
    assert Body.objects.get(slug="utvecklingsradet").predecessor == Body.objects.get(
        slug="it-radet"
    )
    assert {series.code for series in NumberSeries.objects.all()} == {"KS", "KF"}
    assert Authority.objects.count() == 2
    assert not Case.objects.exists()
