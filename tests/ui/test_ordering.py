# SPDX-License-Identifier: EUPL-1.2
"""Swedish order and capitals, the same on both databases."""

from __future__ import annotations

import pytest
from django.db.models import F, Value
from django.db.models.functions import Collate

from casework.organisation.models import Authority
from casework.register.models.sorting import SWEDISH
from ui.ordering import like, swedish

NAMES = ["Öster", "Ängen", "Ås", "Zon", "arkiv", "Arkivet", "Bygg", "ål", "Éclair"]


@pytest.mark.django_db
def test_9_the_database_sorts_as_a_swede_does() -> None:
    for number, name in enumerate(NAMES):
        Authority.objects.create(code=f"A{number}", name=name)
    found = list(Authority.objects.order_by(swedish("name")).values_list("name", flat=True))
    assert found == ["arkiv", "Arkivet", "Bygg", "Éclair", "Zon", "ål", "Ås", "Ängen", "Öster"]


@pytest.mark.django_db
def test_9_capitals_are_found_by_small_letters_and_the_other_way_round() -> None:
    Authority.objects.create(code="A", name="Östra 100 % _")
    for text in ("östra", "ÖSTRA", "100 %", "_"):
        assert Authority.objects.filter(name__icontains=text).exists(), text
    assert not Authority.objects.filter(name__icontains="vastra").exists()
    assert not Authority.objects.filter(name__icontains="1_0").exists()


@pytest.mark.django_db
def test_9_a_value_is_compared_in_the_same_order() -> None:
    Authority.objects.create(code="A", name="Ås")
    rows = Authority.objects.annotate(sorted=Collate(F("name"), SWEDISH))
    assert rows.filter(sorted__lt=Collate(Value("Äng"), SWEDISH)).exists()
    assert not rows.filter(sorted__lt=Collate(Value("zon"), SWEDISH)).exists()


def test_9_like_knows_its_signs() -> None:
    assert like("%ök%", "SÖKA")
    assert like("a_c", "abc")
    assert not like(r"a\_c", "abc", "\\")
    assert like(r"a\%c", "a%c", "\\")
    assert like(None, "x") is None
    assert like("x", None) is None
