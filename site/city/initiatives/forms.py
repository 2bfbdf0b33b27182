# SPDX-License-Identifier: EUPL-1.2
"""The steps of the initiative form; the wording comes from the form's version (R43)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import BenefitGroup, InitiativeKind
from casework.initiatives.models import FormVersion, Initiative
from casework.organisation.models import Administration

STEP_NAMES = {1: _("Behovet"), 2: _("Nyttan"), 3: _("Omfattningen")}
LAST_STEP = 3


def step_of(form_version: FormVersion, key: str) -> int:
    """On which of the originator's steps a field stands."""
    return min(int(form_version.field(key).get("step", 1)), LAST_STEP)


class StepForm(forms.Form):
    """One step. A draft may have gaps, so nothing is required until it is sent."""

    title = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(
        required=False, choices=InitiativeKind.choices, widget=forms.RadioSelect
    )
    need = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 7}))
    proposal = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}))
    affected = forms.ModelMultipleChoiceField(
        Administration.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    cost_tkr = forms.CharField(
        required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    is_eservice = forms.BooleanField(required=False)

    def __init__(self, initiative: Initiative, step: int, data: Any = None) -> None:
        self.initiative, self.step = initiative, step
        super().__init__(data, initial=self._initial())
        version = initiative.form_version
        self.has_benefits = step_of(version, "benefits") == step
        for key in list(self.fields):
            if step_of(version, key) != step:
                del self.fields[key]
                continue
            words = version.field(key)
            self.fields[key].label = words.get("label", key)
            self.fields[key].help_text = words.get("hint", "")
            if words.get("required"):
                # Not HTML's required: a draft may wait. Only the "(frivilligt)" goes away.
                self.fields[key].widget.attrs["data-needed"] = ""
        if "affected" in self.fields:
            affected = self.fields["affected"]
            assert isinstance(affected, forms.ModelMultipleChoiceField)
            affected.queryset = Administration.objects.in_force()
        if self.has_benefits:
            self._add_benefits(version.field("benefits"))

    def _initial(self) -> dict[str, Any]:
        initiative = self.initiative
        cost = initiative.cost_tkr
        return {
            "title": initiative.title,
            "kind": initiative.kind,
            "need": initiative.need,
            "proposal": initiative.proposal,
            "affected": list(initiative.affected.values_list("pk", flat=True)),
            "cost_tkr": "" if cost is None else f"{cost:,}".replace(",", " "),
            "is_eservice": initiative.is_eservice,
            **{f"benefit_{group}": group in initiative.benefits for group in BenefitGroup.values},
            **{f"gain_{group}": text for group, text in initiative.benefits.items()},
        }

    def _add_benefits(self, words: dict[str, Any]) -> None:
        self.benefits_label = words.get("label", "")
        self.benefits_hint = words.get("hint", "")
        for group, label in BenefitGroup.choices:
            self.fields[f"benefit_{group}"] = forms.BooleanField(required=False, label=label)
            self.fields[f"gain_{group}"] = forms.CharField(
                required=False,
                max_length=1000,
                label=_("Vad vinner gruppen ”%(group)s”?") % {"group": label},
                widget=forms.TextInput(),
            )

    def benefit_rows(self) -> list[tuple[Any, Any]]:
        """The five groups, each with its box and its line of text."""
        return [(self[f"benefit_{g}"], self[f"gain_{g}"]) for g in BenefitGroup.values]

    def plain_fields(self) -> list[Any]:
        """The fields that are drawn one after another, in the form's order."""
        order = [field["key"] for field in self.initiative.form_version.fields]
        names = [key for key in order if key in self.fields]
        return [self[name] for name in names]

    def clean_cost_tkr(self) -> int | None:
        """Read "1 250", "1.250" or "1250 tkr"; nothing else."""
        text = self.cleaned_data["cost_tkr"].lower().replace("tkr", "")
        digits = "".join(character for character in text if character not in " .\u00a0\u2009")
        if not digits:
            return None
        if not digits.isdecimal() or int(digits) > 2_000_000_000:
            raise ValidationError(
                _("Skriv kostnaden med siffror, i tusental kronor, till exempel 1 250.")
            )
        return int(digits)

    def clean(self) -> dict[str, Any]:
        """Gather the benefits of the five groups: a gain without its box counts as chosen."""
        data: dict[str, Any] = super().clean() or {}
        if self.has_benefits:
            data["benefits"] = {
                group: data.get(f"gain_{group}", "")
                for group in BenefitGroup.values
                if data.get(f"benefit_{group}") or data.get(f"gain_{group}")
            }
        return data

    def answers(self) -> dict[str, Any]:
        """What the services want to know."""
        keys = {"benefits", *self.fields}
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if key in keys and not key.startswith(("benefit_", "gain_"))
        }


class WithdrawForm(forms.Form):
    """Take an initiative back, with a reason."""

    reason = forms.CharField(
        label=_("Varför återkallar du initiativet?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("Skälet står i händelserna och kan läsas av dem som har arbetat med ärendet."),
        error_messages={"required": _("Skriv varför du återkallar initiativet.")},
    )
