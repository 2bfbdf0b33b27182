# SPDX-License-Identifier: EUPL-1.2
"""A form made of a form version's questions: a field for each, by the kind of its answer (R43).

Both surfaces use it. Nothing is required here: drafts may have gaps, and what is missing when one
sends is the selector's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.initiatives.answers import Answer, choices_of, clean_answer
from casework.initiatives.basis import levels_of, spaced
from casework.initiatives.enums import BenefitGroup, QuestionKind
from casework.initiatives.models import Goal, Question
from casework.organisation.models import Administration, ServiceArea
from ui.table_fields import BenefitScaleField, CostPlanField

TEXT_OF = "benefit-{group}"
"""The field in which it is written what a group gains."""


class AnswersForm(forms.Form):
    """The answers to some questions.

    Args:
        questions: in the order in which they stand.
        answers: what has been answered so far, by key.
    """

    def __init__(
        self,
        *args: Any,
        questions: Iterable[Question],
        answers: Mapping[str, Answer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self._add(question, answers.get(question.key))

    def _add(self, question: Question, value: Answer) -> None:
        field = field_for(question)
        field.label, field.required = question.label, False
        field.help_text = " ".join(
            filter(
                None,
                (
                    question.help,
                    question.example and _("Exempel: %(text)s") % {"text": question.example},
                ),
            )
        )
        if question.kind == QuestionKind.GROUPS:
            groups = value if isinstance(value, dict) else {}
            field.initial = list(groups)
            self.fields[question.key] = field
            for group in BenefitGroup:
                self.fields[TEXT_OF.format(group=group.value)] = forms.CharField(
                    label=group.label,
                    required=False,
                    max_length=500,
                    initial=groups.get(group.value, ""),
                )
            return
        if question.kind == QuestionKind.AMOUNT and isinstance(value, int):
            field.initial = spaced(value, " ")  # as people write it
        else:
            field.initial = value
        self.fields[question.key] = field

    def clean(self) -> dict[str, Any]:
        """Each answer in the form in which it is stored; a fault stands at its field."""
        data = super().clean() or {}
        for question in self.questions:
            if question.key in data:
                try:
                    clean_answer(question, self._raw(question, data))
                except ValidationError as error:
                    self.add_error(question.key, error)
        return data

    def answers(self) -> dict[str, Any]:
        """The answers, as the service takes them."""
        return {
            question.key: self._raw(question, self.cleaned_data)
            for question in self.questions
            if question.key in self.cleaned_data
        }

    def _raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        value = data.get(question.key)
        if question.kind == QuestionKind.GROUPS:
            return {group: data.get(TEXT_OF.format(group=group)) or "" for group in (value or [])}
        if question.kind in {QuestionKind.ADMINISTRATIONS, QuestionKind.GOALS}:
            return [row.pk for row in value or []]
        if question.kind == QuestionKind.AREA:
            return value.pk if value else None
        return value


def field_for(question: Question) -> forms.Field:
    """The field of a question, by its kind."""
    kind = QuestionKind(question.kind)
    if kind is QuestionKind.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    if kind is QuestionKind.AMOUNT:
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    if kind is QuestionKind.YES_NO:
        return forms.BooleanField()
    if kind is QuestionKind.CHOICE:
        return forms.ChoiceField(choices=choices_of(question), widget=forms.RadioSelect)
    if kind is QuestionKind.MULTI_CHOICE:
        return forms.MultipleChoiceField(
            choices=choices_of(question), widget=forms.CheckboxSelectMultiple
        )
    if kind is QuestionKind.GROUPS:
        return forms.MultipleChoiceField(choices=BenefitGroup, widget=forms.CheckboxSelectMultiple)
    if kind is QuestionKind.COST_PLAN:
        return CostPlanField()
    if kind is QuestionKind.BENEFIT_SCALE:
        return BenefitScaleField(levels=levels_of(question))
    if kind is QuestionKind.ADMINISTRATIONS:
        return forms.ModelMultipleChoiceField(
            queryset=Administration.objects.in_force(), widget=forms.CheckboxSelectMultiple
        )
    if kind is QuestionKind.GOALS:
        return forms.ModelMultipleChoiceField(
            queryset=Goal.objects.in_force(), widget=forms.CheckboxSelectMultiple
        )
    if kind is QuestionKind.AREA:
        return forms.ModelChoiceField(queryset=ServiceArea.objects.in_force())
    field = forms.CharField(
        max_length=200,
        error_messages={
            "max_length": _("Skriv högst %(limit_value)d tecken. Det här är %(show_value)d.")
        },
    )
    # The browser would cut what is pasted without a word.
    del field.widget.attrs["maxlength"]
    return field
