# SPDX-License-Identifier: EUPL-1.2
"""What a field offers beside the rows to choose from."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from casework.organisation.models import User
from ui.forms import choose_from


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Välj"),
        ({"required": False}, "Ingen vald"),
        ({"required": False, "empty_label": "Hela ärendet"}, "Hela ärendet"),
        ({"empty_label": None}, None),
    ],
)
def test_9_no_choice_is_told_in_words(given: dict[str, Any], told: str | None) -> None:
    """It stood as nine dashes, which are read aloud one by one."""

    class Some(forms.Form):
        who = forms.ModelChoiceField(User.objects.none(), **given)

    form = Some()
    assert choose_from(form, "who", User.objects.none()).empty_label == told
    assert "-----" not in str(list(form.fields["who"].widget.choices)[:1])
