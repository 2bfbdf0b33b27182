# SPDX-License-Identifier: EUPL-1.2
"""The desk's fields and small forms: one column, hints under labels, errors at the fields."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override

from casework.initiatives.basis import read_tkr
from ui.days import read_day


def read_days() -> None:
    """Let a day be typed as one writes it in Wagtail's own forms too."""
    register_form_field_override(models.DateField, override={"form_class": Day})


class MultipleFileInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files; cleans to a list."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; an empty choice is an empty list."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        for file in files:
            if file.size == 0:
                raise forms.ValidationError(
                    _("Filen %(name)s är tom. Välj filerna på nytt utan den.")
                    % {"name": file.name},
                    code="empty",
                )
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class Prose(forms.CharField):
    """Running text in a field of a few lines."""

    def __init__(self, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


FIRST_YEAR, LAST_YEAR = 1800, 2199
"""A day outside of these is a slip of the hand; a day's arithmetic would leave the calendar."""


class DayInput(forms.DateInput):
    """A day is typed: a calendar makes another of ``24/12`` or ``+7`` when the field is left."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})}, format="%Y-%m-%d")


class Day(forms.DateField):
    """A date, written 2026-11-23 or as one writes by hand: see :func:`ui.days.read_day`."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Skriv datumet som 2026-11-23."),
        "year": _("Året %(year)s kan inte stämma. Skriv datumet som 2026-11-23."),
    }

    def to_python(self, value: Any) -> dt.date | None:
        """Read the shorter spellings first.

        Raises:
            ValidationError: it is no day, or one of a year that no city means.
        """
        day = (isinstance(value, str) and read_day(value)) or super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                self.error_messages["year"], code="year", params={"year": day.year}
            )
        return day


class PickedDay(Day):
    """A day in the browser's own field, which knows how its user writes days."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


DASHES = "---------"
"""What Django offers for no choice; read aloud it is nine times "minus"."""


def choose_from(form: forms.BaseForm, name: str, queryset: Any) -> forms.ModelChoiceField:
    """Let a form's field offer these rows, and say in words that none is chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset
    if field.empty_label == DASHES:
        field.empty_label = _("Välj") if field.required else _("Ingen vald")
    return field


def as_typed(form: forms.BaseForm, data: QueryDict) -> dict[str, Any]:
    """What was typed in a form that another way out was taken from: shown again, not judged."""
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, form.add_prefix(name))
    }


class OnceForm(forms.Form):
    """Carries a token, so that a form that is sent twice is carried out once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4


class PlainReasonForm(forms.Form):
    """Only a reason."""

    reason = Prose(label=_("Skäl"), rows=2)


def parse_tkr(text: str) -> int | None:
    """An amount in thousands of kronor, written with or without spaces; None when empty.

    Raises:
        ValidationError: it is no whole number of thousands of kronor.
    """
    return read_tkr(text) if text.strip() else None
