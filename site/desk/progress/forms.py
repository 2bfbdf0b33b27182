# SPDX-License-Identifier: EUPL-1.2
"""The forms of a report and of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.initiatives.basis import read_tkr
from casework.initiatives.enums import BenefitLevel
from casework.process.enums import Light
from casework.process.progress import Promise, Tertial
from ui.forms import Prose

LEVELS = [
    ("", _("Inte mätt än")),
    *((str(code), f"{code}: {label}") for code, label in BenefitLevel.choices),
]


class ReportForm(forms.Form):
    """How it goes: a tertial, a light, words, money, and the benefit where it is measured."""

    tertial = forms.ChoiceField(label=_("Tertial"))
    light = forms.ChoiceField(label=_("Läge"), choices=Light.choices, widget=forms.RadioSelect)
    words = Prose(
        label=_("Hur går det?"),
        help_text=_("Vad är gjort, vad avviker, vad händer härnäst och vad behöver beslutas?"),
    )
    spent_tkr = forms.CharField(
        label=_("Förbrukat hittills, tkr"),
        help_text=_("Sedan starten, i tusental kronor, till exempel 1 250."),
    )

    def __init__(
        self,
        *args: Any,
        tertials: Sequence[Tertial],
        promises: Sequence[Promise],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._tertials = {f"{row.year}-{row.number}": row for row in tertials}
        field = self.fields["tertial"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, str(row)) for code, row in self._tertials.items()]
        self._groups = [str(row.group) for row in promises]
        for row in promises:
            self.fields[f"benefit_{row.group}"] = forms.ChoiceField(
                label=_("Nytta i dag: %(group)s") % {"group": row.group.label},
                help_text=_("Utlovat: %(level)s. %(measure)s")
                % {"level": row.promised, "measure": row.measure},
                choices=LEVELS,
                required=False,
                initial="" if row.reached is None else str(row.reached),
            )

    def clean_spent_tkr(self) -> int:
        """The amount as people write it."""
        return read_tkr(self.cleaned_data["spent_tkr"])

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        tertial = self._tertials.get(data["tertial"])
        if tertial is None:
            raise ValidationError(_("Välj ett av alternativen."))
        return {
            "tertial": tertial,
            "light": data["light"],
            "words": data["words"],
            "spent_tkr": data["spent_tkr"],
            "benefits": {
                group: int(data[f"benefit_{group}"])
                for group in self._groups
                if data.get(f"benefit_{group}")
            },
        }


class ProgrammeForm(forms.Form):
    """What the committee says of all e-services of a year."""

    goals = Prose(label=_("Mål för året"), required=False)
    risks = Prose(label=_("Risker, och vad vi gör åt dem"), required=False)
    resources = Prose(label=_("Resurser: människor, pengar och gemensamma delar"), required=False)
