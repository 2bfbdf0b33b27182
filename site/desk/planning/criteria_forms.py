# SPDX-License-Identifier: EUPL-1.2
"""The form of the criteria's next version: one small form per criterion (R41, R51)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from casework.methods.scores import HIGHEST, LOWEST
from casework.planning.models import CriteriaVersion
from casework.planning.services import HEAVIEST, KEY_LENGTH, LABEL_LENGTH, WORDS_LENGTH
from casework.planning.services import CriterionRow as Row
from ui.forms import Prose

POINTS = range(LOWEST, HIGHEST + 1)


class CriteriaForm(forms.Form):
    """What holds for the whole version."""

    name = forms.CharField(label=_("Namn"), max_length=120)


class CriterionForm(forms.Form):
    """One criterion with the words of its scale. Its key stays as long as the criterion does."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Kriterium"), max_length=LABEL_LENGTH)
    weight = forms.IntegerField(
        label=_("Vikt"), min_value=1, max_value=HEAVIEST, initial=1,
        help_text=_("Vikt 2 räknas dubbelt mot vikt 1."),
    )  # fmt: skip
    help = Prose(label=_("Hjälptext"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for points in POINTS:
            self.fields[f"step_{points}"] = forms.CharField(
                label=_("%(points)s poäng betyder") % {"points": points},
                max_length=WORDS_LENGTH,
                error_messages={"required": _("Skriv vad steget betyder.")},
            )

    def row(self, key: str) -> Row:
        """The criterion as the service takes it."""
        data = self.cleaned_data
        steps = [data[f"step_{points}"] for points in POINTS]
        return Row(key, data["label"], data["help"], data["weight"], steps)


class BaseCriteria(forms.BaseFormSet):
    """All criteria of a draft, in order."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Say "ordning" and "ta bort" in words."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Ordning")
        form.fields["ORDER"].initial = form.fields["ORDER"].initial or (index or 0) + 1
        form.fields["DELETE"].label = _("Ta bort kriteriet")

    def rows(self) -> list[Row]:
        """The criteria in their order; who is new gets a key made of its words."""
        kept = [
            form
            for form in cast("list[CriterionForm]", self.forms)
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or 999)
        taken = {form.cleaned_data["key"] for form in kept}
        rows = []
        for form in kept:
            key = form.cleaned_data["key"]
            if not key:
                key = _free(slugify(form.cleaned_data["label"]) or "kriterium", taken)
                taken.add(key)
            rows.append(form.row(key))
        return rows


def criteria_formset(source: CriteriaVersion | None, data: Any = None) -> BaseCriteria:
    """The criteria of a version, with an empty one behind."""
    kind: Any = forms.formset_factory(
        CriterionForm, formset=BaseCriteria, can_order=True, can_delete=True, extra=1
    )
    made: BaseCriteria = kind(data, initial=_initial(source), prefix="k")
    return made


def _initial(source: CriteriaVersion | None) -> list[dict[str, Any]]:
    if source is None:
        return []
    return [
        {"key": row.key, "label": row.label, "weight": row.weight, "help": row.help}
        | {f"step_{step.points}": step.words for step in row.steps.all()}
        for row in source.criteria.prefetch_related("steps")
    ]


def _free(words: str, taken: set[str]) -> str:
    """A key that none has."""
    key, number = words[:KEY_LENGTH], 1
    while key in taken:
        number += 1
        key = f"{words[: KEY_LENGTH - 3]}-{number}"
    return key
