# SPDX-License-Identifier: EUPL-1.2
"""The forms of budget years, rounds and criteria."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Body, ServiceArea
from casework.planning.enums import FrameKind, VersionState
from casework.planning.models import CriteriaVersion, Cycle, Round, RoundArea
from casework.planning.selectors import label_of
from casework.planning.services import ALL_DATES, DATES
from ui.decisions import TkrField
from ui.forms import Day


class CycleForm(forms.Form):
    """A new budget year, by the usual calendar or after another year."""

    budget_year = forms.IntegerField(label=_("Budgetår"), min_value=2000, max_value=2199)
    after = forms.ModelChoiceField(
        label=_("Efter mönster av"),
        queryset=Cycle.objects.all(),
        required=False,
        empty_label=_("Den vanliga kalendern"),
    )


class RoundForm(forms.Form):
    """A round's dates, and its criteria while it is planned."""

    def __init__(
        self,
        *args: Any,
        round: Round,
        proposed: Mapping[str, dt.date] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {name: getattr(round, name) for name in ALL_DATES} | dict(proposed or {})
        for name in ALL_DATES:
            needed = name in DATES
            self.fields[name] = Day(
                label=str(label_of(name)).capitalize(),
                initial=given[name],
                required=needed,
                help_text=_g("Tomma fält fördelas över den tid som finns.")
                if name == "prepared_until"
                else "",
            )
        self.fields["criteria_version"] = forms.ModelChoiceField(
            label=_("Kriterier"),
            queryset=CriteriaVersion.objects.exclude(state=VersionState.DRAFT),
            initial=round.criteria_version_id,
            required=False,
        )

    def dates(self) -> dict[str, Any]:
        """The dates."""
        return {name: self.cleaned_data[name] for name in ALL_DATES}


class CountBackForm(forms.Form):
    """The two days from which a round's dates are counted back."""

    kf = Day(label=_("Kommunfullmäktige"))
    ks = Day(label=_("Kommunstyrelsen"), required=False)


FRAMES: tuple[tuple[int, str, Any], ...] = (
    (1, FrameKind.TOTAL, _("År 1")),
    (1, FrameKind.ONE_OFF, _("varav engång")),
    (1, FrameKind.RUNNING, _("varav löpande")),
    (2, FrameKind.TOTAL, _("År 2")),
    (3, FrameKind.TOTAL, _("År 3")),
)
"""The frames that the page asks for, of the city and of each area."""


class FramesForm(forms.Form):
    """The money of the city and of each area, by year and kind, in thousands of kronor."""

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas: list[ServiceArea | None] = [None]
        self.areas += [row.service_area for row in round.areas.select_related("service_area")]
        given = {(f.service_area_id, f.year, f.kind): f.tkr for f in round.frames.all()}
        for area in self.areas:
            for year, kind, label in FRAMES:
                self.fields[self.name(area, year, kind)] = TkrField(
                    label=f"{area or _g('Hela staden')}, {label}",
                    required=False,
                    help_text="",
                    initial=given.get((area.pk if area else None, year, kind)),
                )

    @staticmethod
    def name(area: ServiceArea | None, year: int, kind: str) -> str:
        """The name of a frame's field."""
        return f"frame-{area.pk if area else 0}-{year}-{kind}"

    def rows(self) -> list[tuple[str, list[Any]]]:
        """The table: the city and the areas, each with its fields."""
        return [
            (
                str(area or _g("Hela staden")),
                [self[self.name(area, year, kind)] for year, kind, _label in FRAMES],
            )
            for area in self.areas
        ]

    def heads(self) -> list[str]:
        """The table's columns."""
        return [str(label) for _year, _kind, label in FRAMES]

    def frames(self) -> list[tuple[ServiceArea | None, int, str, int | None]]:
        """The frames that were changed, each with its amount; none where the cell is empty."""
        return [
            (area, year, kind, tkr)
            for area in self.areas
            for year, kind, _label in FRAMES
            if (tkr := self.cleaned_data[name := self.name(area, year, kind)])
            != self.fields[name].initial
        ]


class AreaForm(forms.Form):
    """An area's share and group in the round."""

    share = forms.IntegerField(label=_("Andel"), min_value=1, max_value=100)
    group = forms.ModelChoiceField(label=_("Grupp"), queryset=Body.objects.none())

    def __init__(self, *args: Any, area: RoundArea, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"share": area.share, "group": area.group_id})
        kwargs.setdefault("prefix", f"area-{area.pk}")
        super().__init__(*args, **kwargs)
        self.area = area
        field = self.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Body.objects.in_force().filter(service_area=area.service_area)
        if area.group is None:
            field.help_text = _("Utan grupp kan områdets lista inte fastställas.")
        elif not area.group.is_in_force():
            field.help_text = _("%(body)s har upphört. Välj vilken grupp som beslutar.") % {
                "body": area.group.name
            }


class AddAreaForm(forms.Form):
    """An area that is to take part."""

    service_area = forms.ModelChoiceField(
        label=_("Tjänsteområde"), queryset=ServiceArea.objects.none()
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service_area"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = ServiceArea.objects.in_force().exclude(round_areas__round=round)
