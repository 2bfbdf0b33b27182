# SPDX-License-Identifier: EUPL-1.2
"""The form of the preparation: the fixed template in the words of its version (R27, R43)."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.initiatives.enums import BenefitGroup, InitiativeKind
from casework.initiatives.models import Initiative
from casework.organisation.models import Administration, ServiceArea


class PreparationForm(forms.ModelForm):
    """The fixed template, worded by the form version the initiative was filled in on (R27, R43)."""

    kind = forms.ChoiceField(choices=InitiativeKind, widget=forms.RadioSelect, required=False)
    benefits = forms.MultipleChoiceField(
        choices=BenefitGroup, widget=forms.CheckboxSelectMultiple, required=False
    )
    affected = forms.ModelMultipleChoiceField(
        queryset=Administration.objects.in_force(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    service_area = forms.ModelChoiceField(queryset=ServiceArea.objects.in_force(), required=False)

    class Meta:
        model = Initiative
        fields = [
            "title", "kind", "need", "proposal", "benefits", "affected", "cost_tkr",
            "is_eservice", "service_area", "goal", "effect", "dependencies", "contact",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("need", "proposal", "goal", "effect", "dependencies")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_version = self.instance.form_version
        for name, field in self.fields.items():
            wording = form_version.field(name)
            field.label = wording.get("label", field.label)
            field.help_text = wording.get("hint", "")
            field.required = False
        self.initial["benefits"] = list(self.instance.benefits)

    def clean_benefits(self) -> dict[str, str]:
        """Keep what was written about each chosen group."""
        return {
            group: self.instance.benefits.get(group, "") for group in self.cleaned_data["benefits"]
        }

    def _post_clean(self) -> None:
        """Leave the instance alone: the service writes the answers."""
