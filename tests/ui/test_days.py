# SPDX-License-Identifier: EUPL-1.2
"""Days as they are typed at the desk."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.forms.models import formfield_for_dbfield

from casework.organisation.models import Appointment
from desk.dispatch.forms import ReceiptForm
from ui.days import read_day
from ui.forms import Day, DayInput


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-23", "2026-11-23"),
        ("i", "2026-11-24"),
        ("I dag", "2026-11-24"),
        ("-1", "2026-11-23"),
        ("+7", "2026-12-01"),
        ("må", "2026-11-23"),
        ("tisdag", "2026-11-24"),
        ("on", "2026-11-18"),
        ("24/11", "2026-11-24"),
        ("3/1", "2027-01-03"),
        ("261124", "2026-11-24"),
        ("20261124", "2026-11-24"),
    ],
)
def test_s18_a_day_is_read_as_one_writes_it(typed: str, meant: str) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 24, 12), tick=False):
        assert Day().clean(typed) == dt.date.fromisoformat(meant)


@pytest.mark.parametrize("typed", ["2026-02-30", "30/2", "261399", "mån dag", "mars", "24/11/26/1"])
def test_s18_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(ValidationError, match="Skriv datumet"):
        Day().clean(typed)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert read_day(text) is None or isinstance(read_day(text), dt.date)


def test_9_a_day_in_any_form_of_the_desk_is_typed_and_not_picked() -> None:
    """A calendar made the year 2024 of ``24/12`` when the field was left."""
    of_ours = ReceiptForm().fields["received_on"]
    of_wagtail = formfield_for_dbfield(Appointment._meta.get_field("valid_from"))
    for field in (of_ours, of_wagtail):
        assert isinstance(field, Day)
        assert isinstance(field.widget, DayInput)
