# SPDX-License-Identifier: EUPL-1.2
"""Letting an initiative into a round by hand: for a supplement, or when it waits (R38, R53)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.organisation.models import User
from casework.planning.enums import Occasion, RoundState
from casework.planning.models import Round
from casework.planning.permissions import may_plan
from casework.process.enums import FUNDED_STAGES, WAITING_FOR_ROUND
from casework.process.services import change_round_of, nominate_supplement
from casework.register.models import Case
from ui.case_actions import CaseAction, register_case_action
from ui.case_file import CaseFile

SUPPLEMENTS = (Occasion.T1, Occasion.T2)


class RoundForm(forms.Form):
    """In which round."""

    target = forms.ModelChoiceField(label=_l("Omgång"), queryset=Round.objects.none())

    def __init__(self, *args: Any, rounds: QuerySet[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rounds.select_related("cycle").order_by("decision_on")
        if not field.queryset.exists():
            field.help_text = _("Ingen sådan omgång är öppen. Den öppnas under Omgångar.")


def _supplement_form(data: Any = None, *, case: Case, **kwargs: Any) -> RoundForm:
    tried = case.initiative.candidacies.values("round")
    rounds = Round.objects.open().filter(occasion__in=SUPPLEMENTS).exclude(pk__in=tried)
    return RoundForm(data, rounds=rounds, **kwargs)


def _joining_form(data: Any = None, *, case: Case, **kwargs: Any) -> RoundForm:
    return RoundForm(data, rounds=Round.objects.exclude(state=RoundState.CLOSED), **kwargs)


def _nominate(case: Case, form: Any, actor: User) -> None:
    target = form.cleaned_data["target"]
    nominate_supplement(initiative=case.initiative, round=target, actor=actor)


def _join(case: Case, form: Any, actor: User) -> None:
    target = form.cleaned_data["target"]
    change_round_of(initiative=case.initiative, round=target, actor=actor)


def _stands_outside(file: CaseFile, stages: frozenset[Any]) -> bool:
    process = file.process
    return process is not None and process.stage in stages and process.live_candidacy is None


register_case_action(
    "tillaggsmedel",
    CaseAction(
        _l("Begär tilläggsmedel"),
        _supplement_form,
        _nominate,
        lambda user, case: may_plan(user),
        order=20,
        offered=lambda case, file: _stands_outside(file, FUNDED_STAGES),
    ),
)
register_case_action(
    "omgang",
    CaseAction(
        _l("Ta med i en omgång"),
        _joining_form,
        _join,
        lambda user, case: may_plan(user),
        order=21,
        offered=lambda case, file: _stands_outside(file, WAITING_FOR_ROUND),
    ),
)
