# SPDX-License-Identifier: EUPL-1.2
"""The form in which the city's own form is written: one small form per question (R43, R51)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import KNOWN_KEYS, QuestionKind
from casework.initiatives.models import FormVersion, Question
from casework.initiatives.services import QuestionRow
from ui.forms import Prose

WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI_CHOICE})


class VersionForm(forms.ModelForm):
    """What holds for the whole form."""

    class Meta:
        model = FormVersion
        fields = ("name", "large_budget_tkr")


class QuestionForm(forms.ModelForm):
    """One question. Its key stays the same as long as the question does."""

    key = forms.SlugField(
        label=_("Nyckel"),
        max_length=40,
        required=False,
        help_text=_("Frågans namn i export och dokument. Lämnas den tom görs den av frågan."),
    )
    choices = Prose(
        label=_("Svarsalternativ"),
        rows=3,
        required=False,
        help_text=_("Ett per rad, bara för frågor med val."),
    )

    class Meta:
        model = Question
        fields = (
            "label", "kind", "part", "step", "help", "example", "choices", "required_to_send",
            "required_to_prepare", "missing", "shown_to", "key",
        )  # fmt: skip
        help_texts = {"missing": _("Visas när svaret saknas, till exempel ”Beskriv behovet.”")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["choices"] = "\n".join(
                f"{code} | {words}" for code, words in self.instance.choices
            )
            self.fields["key"].widget.attrs["readonly"] = True
        if self.is_needed:
            self.fields["kind"].disabled = True

    @property
    def is_needed(self) -> bool:
        """Whether the product itself reads the answer, so that the question must be there."""
        return bool(self.instance.pk) and self.instance.key in KNOWN_KEYS

    def clean_key(self) -> str:
        """A question that is there keeps its key."""
        return str(self.instance.key if self.instance.pk else self.cleaned_data["key"])

    def clean_choices(self) -> list[list[str]]:
        """Each line a code and its words; the code of a new one is made of the words."""
        found = []
        for line in self.cleaned_data["choices"].splitlines():
            code, mark, words = line.partition("|")
            words = words.strip() if mark else line.strip()
            if words:
                found.append([code.strip() if mark else slugify(words)[:40], words])
        if len({code for code, _words in found}) < len(found):
            raise ValidationError(_g("Samma alternativ står två gånger."))
        return found

    def clean(self) -> dict[str, Any]:
        """Make the key; ask for alternatives where the kind needs them."""
        data = super().clean() or {}
        if not data.get("key") and data.get("label"):
            data["key"] = slugify(data["label"])[:40]
        needs = data.get("kind") in WITH_CHOICES and data.get("key") != "kind"
        if needs and not data.get("choices") and "choices" not in self.errors:
            self.add_error("choices", _g("Skriv svarsalternativen, ett per rad."))
        return data

    def row(self) -> QuestionRow:
        """The question as the service takes it."""
        data = self.cleaned_data
        return QuestionRow(**{name: data[name] for name in QuestionRow.__slots__ if name in data})


class BaseQuestions(forms.BaseModelFormSet):
    """All questions of a draft, in order."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Say "ordning" and "ta bort" in words; what the product needs cannot be taken away."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Ordning")
        form.fields["ORDER"].initial = form.fields["ORDER"].initial or (index or 0) + 1
        form.fields["ORDER"].required = False
        if form.is_needed:
            del form.fields["DELETE"]
        else:
            form.fields["DELETE"].label = _("Ta bort frågan")

    def clean(self) -> None:
        """A key is there once."""
        super().clean()
        seen: set[str] = set()
        for form in self.kept():
            key = form.cleaned_data.get("key")
            if key in seen:
                form.add_error("label", _g("Det finns redan en fråga med nyckeln ”%s”.") % key)
            elif key:
                seen.add(key)

    def kept(self) -> list[QuestionForm]:
        """The forms that hold a question which is to stay."""
        return [
            form
            for form in cast("list[QuestionForm]", self.forms)
            if getattr(form, "cleaned_data", None)
            and not form.cleaned_data.get("DELETE")
            and (form.instance.pk or form.has_changed())
        ]

    def rows(self) -> list[QuestionRow]:
        """The questions in their order, as the service takes them."""
        return [
            form.row()
            for form in sorted(self.kept(), key=lambda form: form.cleaned_data.get("ORDER") or 999)
        ]


def questions_formset(draft: FormVersion, data: Any = None, *, extra: int = 0) -> BaseQuestions:
    """The questions of a draft, with some empty ones behind."""
    kind: Any = forms.modelformset_factory(
        Question,
        form=QuestionForm,
        formset=BaseQuestions,
        can_order=True,
        can_delete=True,
        extra=extra,
    )
    made: BaseQuestions = kind(data, queryset=draft.questions.all(), prefix="q")
    return made
