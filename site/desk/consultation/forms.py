# SPDX-License-Identifier: EUPL-1.2
"""The forms of consultations and of questions to experts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.consultation.enums import AnswerState, Position
from casework.consultation.models import Consultee
from casework.consultation.selectors import propose_consultees
from casework.consultation.services import Asked
from casework.organisation.enums import Expertise
from casework.organisation.models import Administration, User
from casework.register.days import workdays_after
from casework.register.models import Case
from ui.forms import Day, MultipleFileField, Prose

ANSWER_WITHIN = 15
"""How many working days a remiss proposes for the answer."""


class ConsultationForm(forms.Form):
    """A consultation: who is asked, what, until when (R65, R66)."""

    administrations = forms.ModelMultipleChoiceField(
        label=_("Förvaltningar"),
        queryset=Administration.objects.in_force(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = Prose(
        label=_("Andra remissinstanser"), rows=3, required=False, help_text=_("En per rad.")
    )
    question = Prose(label=_("Fråga"))
    deadline = Day(label=_("Svar senast"), help_text=_("Förslaget ger femton arbetsdagar."))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"].initial = workdays_after(timezone.localdate(), ANSWER_WITHIN)
        initiative = getattr(case, "initiative", None)
        affected = propose_consultees(initiative) if initiative is not None else []
        if affected:
            field = self.fields["administrations"]
            field.initial = [row.pk for row in affected]
            field.help_text = _("De som berörs är förvalda.")

    def asked(self) -> list[Asked]:
        """Those who are asked."""
        found = [Asked(administration=row) for row in self.cleaned_data["administrations"]]
        names = self.cleaned_data["others"].splitlines()
        return found + [Asked(name=name.strip()) for name in names if name.strip()]


class NoConsultationForm(forms.Form):
    """Why no consultation is held."""

    reason = Prose(
        label=_("Varför ingen remiss hålls"),
        rows=3,
        help_text=_("Skrivs ut i tjänsteutlåtandet."),
    )


class AnswerForm(forms.Form):
    """What a consultee answered."""

    state = forms.ChoiceField(
        label=_("Vad hände?"),
        choices=[c for c in AnswerState.choices if c[0] != AnswerState.WAITING],
        initial=AnswerState.ANSWERED,
        widget=forms.RadioSelect,
    )
    position = forms.ChoiceField(
        label=_("Ställningstagande"),
        choices=[("", _("Inget särskilt")), *Position.choices],
        required=False,
    )
    answered_on = Day(label=_("Svarade"), required=False)
    text = Prose(label=_("Svaret i korthet"), required=False)
    files = MultipleFileField(  # type: ignore[assignment]  # a field, as Django makes it
        label=_("Svaret som fil"), required=False
    )


class ExtensionForm(forms.Form):
    """More time for one that was asked."""

    until = Day(label=_("Svar senast"))
    reason = Prose(label=_("Skäl"), rows=2, required=False)

    def __init__(self, *args: Any, consultee: Consultee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = consultee.deadline


class ExpertForm(forms.Form):
    """A question to an expert (R23)."""

    user = forms.ModelChoiceField(label=_("Sakkunnig"), queryset=User.objects.none())
    expertise = forms.ChoiceField(
        label=_("Sakkunskap"),
        choices=[(e.value, e.label) for e in Expertise if e.value],
        widget=forms.RadioSelect,
    )
    question = Prose(label=_("Fråga"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            User.objects.filter(is_active=True)
            .exclude(appointments__expertise="")
            .filter(appointments__isnull=False)
            .distinct()
        )


class ExpertAnswerForm(forms.Form):
    """What the expert answers."""

    text = Prose(label=_("Ditt yttrande"), rows=8)
