# SPDX-License-Identifier: EUPL-1.2
"""The public diary's filters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import ServiceArea
from casework.register.enums import CaseType, Outcome
from city.register.selectors import public_years
from ui.forms import PickedDay


class DiaryFilter(forms.Form):
    """What the diary is narrowed by; a value that makes no sense is simply no filter."""

    q = forms.CharField(label=_("Ord eller diarienummer"), required=False, max_length=80)
    ar = forms.IntegerField(
        label=_("År"), required=False, min_value=1900, max_value=2999, widget=forms.Select
    )
    typ = forms.ChoiceField(label=_("Typ"), required=False)
    omrade = forms.ModelChoiceField(
        ServiceArea.objects.none(),
        label=_("Tjänsteområde"),
        required=False,
        to_field_name="slug",
        empty_label=_("Alla områden"),
    )
    lage = forms.ChoiceField(
        label=_("Läge"),
        required=False,
        choices=[("", _("Alla lägen")), ("oppet", _("Pågår")), ("avslutat", _("Avslutat"))],
    )
    utfall = forms.ChoiceField(
        label=_("Utfall"), required=False, choices=[("", _("Alla utfall")), *Outcome.choices]
    )
    fran = PickedDay(label=_("Från och med"), required=False)
    till = PickedDay(label=_("Till och med"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        years = [("", _("Alla år")), *((str(year), str(year)) for year in public_years())]
        year, kind = self.fields["ar"].widget, self.fields["typ"]
        assert isinstance(year, forms.Select)
        assert isinstance(kind, forms.ChoiceField)
        year.choices = years
        kind.choices = [("", _("Alla typer")), *CaseType.choices]
        areas = self.fields["omrade"]
        assert isinstance(areas, forms.ModelChoiceField)
        areas.queryset = ServiceArea.objects.order_by("name")

    def clean_q(self) -> str:
        """Without what no text holds."""
        return str(self.cleaned_data["q"]).replace("\x00", "").strip()

    def chosen(self) -> dict[str, Any]:
        """The values that make sense."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}


class PostDay(forms.Form):
    """The days of the post list; today unless said, and a month at most."""

    fran = PickedDay(label=_("Från och med"), required=False)
    till = PickedDay(label=_("Till och med"), required=False)

    def period(self) -> tuple[dt.date, dt.date]:
        """The days, in order."""
        self.is_valid()
        today = timezone.localdate()
        last = min(self.cleaned_data.get("till") or today, today)
        first = min(self.cleaned_data.get("fran") or last - dt.timedelta(days=7), last)
        return max(first, last - dt.timedelta(days=31)), last
