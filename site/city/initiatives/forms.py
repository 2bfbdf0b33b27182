# SPDX-License-Identifier: EUPL-1.2
"""The originator's form, made of the questions of the initiative's form version (R43, R51).

Which questions there are, how they are worded and in which step they stand is the city's own data;
nothing here knows a question by its words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from casework.initiatives.answers import Answer, clean_answer
from casework.initiatives.enums import BenefitGroup, Part, QuestionKind
from casework.initiatives.models import FormVersion, Question
from casework.organisation.models import User
from ui.answer_fields import TEXT_OF, AnswersForm

STEP_NAMES = {"need": _("Behovet"), "benefits": _("Nyttan"), "cost_tkr": _("Omfattningen")}
"""What a step is called when it asks one of these; other steps by their first question."""

WITH_CHOICES = frozenset(
    {
        QuestionKind.CHOICE,
        QuestionKind.MULTI_CHOICE,
        QuestionKind.ADMINISTRATIONS,
        QuestionKind.GOALS,
    }
)
"""Kinds whose answer is a set of boxes; the first box is what a link goes to."""


@dataclass(frozen=True, slots=True)
class FormStep:
    """One step of the form: its place from 1, its name, and what it asks."""

    number: int
    name: str
    questions: tuple[Question, ...]


def steps_of(version: FormVersion) -> list[FormStep]:
    """The originator's steps, in order; a number that the city left out leaves no gap."""
    by_step: dict[int, list[Question]] = {}
    for question in version.questions.filter(part=Part.ORIGINATOR):
        by_step.setdefault(question.step, []).append(question)
    return [
        FormStep(number, _name(questions), tuple(questions))
        for number, (_step, questions) in enumerate(sorted(by_step.items()), start=1)
    ]


def place_of(steps: list[FormStep], key: str) -> str:
    """The address of a question seen from another step or from the check: ``steg-2/#id_need``."""
    for step in steps:
        for question in step.questions:
            if question.key == key:
                return f"steg-{step.number}/#{field_id(question)}"
    return ""


def field_id(question: Question) -> str:
    """The id to which a link to the question goes."""
    first = "_0" if question.kind in WITH_CHOICES else ""
    return f"id_{question.key}{first}"


def _name(questions: list[Question]) -> str:
    keys = [question.key for question in questions]
    known = next((str(words) for key, words in STEP_NAMES.items() if key in keys), "")
    return known or questions[0].label


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field as the page draws it: plain, with its unit, or as the groups that benefit."""

    field: BoundField
    unit: str = ""
    groups: tuple[tuple[BoundWidget, BoundField], ...] = ()
    label: str = ""
    hint: str = ""


class StepForm(AnswersForm):
    """One step. A draft may have gaps, so nothing is required until it is sent.

    Each group that may benefit has its box and its line of text; a line without its box counts as
    chosen, so that nothing written is lost.
    """

    def __init__(
        self, *args: Any, step: FormStep, answers: Mapping[str, Answer], **kwargs: Any
    ) -> None:
        self.step = step
        super().__init__(*args, questions=step.questions, answers=answers, **kwargs)
        keys = {question.key for question in step.questions}
        self.stored = {key: value for key, value in answers.items() if key in keys}
        self.opened = self._sent_as_opened() if self.is_bound else self.stored

    def _sent_as_opened(self) -> dict[str, Answer] | None:
        """What stood on the page when it was opened, as it says itself."""
        try:
            found = json.loads(self.data.get("opened", ""))
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    @property
    def opened_json(self) -> str:
        """The same for the page's hidden field."""
        return json.dumps(self.opened if self.opened is not None else self.stored)

    def note_saved(self) -> None:
        """What was written of this page stands in it now; what others wrote does not."""
        if self.opened is None:
            return
        for question in self.questions:
            if question.key in self.cleaned_data:
                mine = clean_answer(question, self._raw(question, self.cleaned_data))
                if mine != self.opened.get(question.key):
                    self.opened[question.key] = mine

    def _add(self, question: Question, value: Answer) -> None:
        super()._add(question, value)
        if question.kind == QuestionKind.LONG_TEXT:
            self.fields[question.key].widget.attrs["rows"] = 6
        if question.kind == QuestionKind.GROUPS:
            self._add_boxes(question)
        if question.required_to_send:
            # Not HTML's required: a draft may wait. Only the "(frivilligt)" goes away.
            self.fields[question.key].widget.attrs["data-needed"] = ""

    def _add_boxes(self, question: Question) -> None:
        for group in BenefitGroup:
            text = self.fields[TEXT_OF.format(group=group.value)]
            text.label = _("Vad vinner gruppen ”%(group)s”?") % {"group": group.label}

    def drawn(self) -> list[Drawn]:
        """The fields in the form's order."""
        rows = []
        for question in self.questions:
            field = self[question.key]
            unit = str(_("tkr")) if question.kind == QuestionKind.AMOUNT else ""
            if question.kind == QuestionKind.GROUPS:
                texts = [self[TEXT_OF.format(group=group.value)] for group in BenefitGroup]
                groups = tuple(zip(field.subwidgets, texts, strict=True))
                rows.append(
                    Drawn(field, groups=groups, label=question.label, hint=str(field.help_text))
                )
            else:
                rows.append(Drawn(field, unit=unit))
        return rows

    def _raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        value = data.get(question.key)
        if question.kind == QuestionKind.GROUPS:
            texts = {
                group: (data.get(TEXT_OF.format(group=group)) or "").strip()
                for group in BenefitGroup.values
            }
            return {group: text for group, text in texts.items() if text or group in (value or [])}
        return super()._raw(question, data)


class WithdrawForm(forms.Form):
    """Take an initiative back, with a reason."""

    reason = forms.CharField(
        label=_("Varför återkallar du initiativet?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("Skälet står i händelserna och kan läsas av dem som har arbetat med ärendet."),
        error_messages={"required": _("Skriv varför du återkallar initiativet.")},
    )


class ColleagueForm(forms.Form):
    """A colleague who writes too, by the address of their account."""

    email = forms.EmailField(
        label=_("Kollegans e-postadress"),
        help_text=_("Kollegan kan läsa, ändra, bifoga filer och skicka. Bara du kan slänga det."),
        error_messages={"required": _("Skriv kollegans e-postadress.")},
    )

    def clean_email(self) -> User:
        """The person with the address."""
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True)
        person = found.first()
        if person is None:
            raise ValidationError(_("Ingen med den adressen har ett konto här."))
        return person
