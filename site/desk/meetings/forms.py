# SPDX-License-Identifier: EUPL-1.2
"""The forms of meetings: planning, opening, what is noted in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.meetings.enums import DissentKind
from casework.meetings.models import Decision, Meeting
from casework.meetings.services import DissentBy
from casework.organisation.enums import ELECTED_KINDS
from casework.organisation.models import Body, User
from casework.register.models import Case
from ui.forms import Day, Prose
from ui.lookups import meant_case


class PlanForm(forms.Form):
    """A new meeting of one of the person's bodies."""

    body = forms.ModelChoiceField(label=_("Organ"), queryset=Body.objects.none())
    day = Day(label=_("Dag"), initial=timezone.localdate)
    starts_at = forms.TimeField(
        label=_("Klockslag"), required=False, help_text=_("Till exempel 13.00."),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("Skriv klockslaget som 13.00.")},
    )  # fmt: skip
    place = forms.CharField(label=_("Plats"), max_length=200, required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies
        if len(bodies) == 1:
            field.initial = bodies[0]


class AgendaForm(forms.Form):
    """The cases on the agenda, one number a line."""

    numbers = Prose(
        label=_("Ärenden på dagordningen"),
        rows=6,
        required=False,
        help_text=_(
            "Ett diarienummer per rad, i den ordning de tas upp. Löpnumret räcker, till exempel 35."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_numbers(self) -> list[Case]:
        """The cases, each one that the person may see."""
        return [
            self.case_of(line.strip())
            for line in self.cleaned_data["numbers"].splitlines()
            if line.strip()
        ]

    def case_of(self, line: str) -> Case:
        """The case that a line means; what is wrong is told with the line."""
        try:
            return meant_case(self.user, line)
        except ValidationError as error:
            raise ValidationError(
                _g("”%(text)s”: %(error)s") % {"text": line, "error": error.messages[0]}
            ) from error


class CancelForm(forms.Form):
    """Why a planned meeting will not be."""

    reason = Prose(label=_("Varför mötet ställs in"), rows=2)


class MinutesForm(forms.Form):
    """The notes for the minutes."""

    text = Prose(label=_("Anteckningar till protokollet"), rows=8, required=False)


class ApprovalForm(forms.Form):
    """When the minutes were approved, and by whom beside the chair (KL 5:69)."""

    on = Day(label=_("Justerat den"), initial=timezone.localdate)
    approved_by = forms.ModelChoiceField(
        label=_("Justerare"), queryset=User.objects.none(), required=False,
        empty_label=_("Bara ordföranden"),
        help_text=_("En av dem som var med på mötet."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["approved_by"]
        assert isinstance(field, forms.ModelChoiceField)
        there = meeting.attendances.all()
        if meeting.chair_id:
            there = there.exclude(user=meeting.chair_id)
        field.queryset = User.objects.filter(pk__in=there.values("user"))


class NoteDecisionForm(forms.Form):
    """What a body decided in a case beside the model's own steps (R8–R10)."""

    number = forms.CharField(label=_("Diarienummer"), max_length=60)
    points = Prose(label=_("Beslutspunkter"), help_text=_("En punkt per rad."))
    lead = forms.CharField(
        label=_("Ingress"), max_length=300, required=False,
        help_text=_("Till exempel ”Kommunstyrelsen föreslår kommunfullmäktige besluta följande”."),
    )  # fmt: skip
    paragraph = forms.CharField(
        label=_("Paragraf"), max_length=40, required=False,
        help_text=_("Lämnas den tom blir det mötets nästa."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_number(self) -> Case:
        """The case."""
        return meant_case(self.user, self.cleaned_data["number"])


class DissentForm(forms.Form):
    """A reservation or a special statement (R62, R70)."""

    kind = forms.ChoiceField(label=_("Slag"), choices=DissentKind, widget=forms.RadioSelect)
    people = forms.ModelMultipleChoiceField(
        label=_("Av"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = Prose(
        label=_("Andra, en per rad"),
        rows=2,
        required=False,
        help_text=_(
            "För förtroendevalda utan konto. Skriv parti inom parentes: Namn (X). "
            "Så anges också partiet för den som har konto."
        ),
    )
    proposal = Prose(
        label=_("Eget förslag"), rows=3, required=False, help_text=_("En punkt per rad.")
    )
    statement = Prose(label=_("Motivering"), rows=4, required=False)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelChoiceField)
        meeting = decision.meeting
        if meeting is not None and decision.took_part:
            field.queryset = User.objects.filter(pk__in=decision.took_part)
        elif meeting is not None:
            there = meeting.attendances.filter(is_present=True).exclude(
                user__in=meeting.disqualifications.filter(case=decision.case_id).values("user")
            )
            field.queryset = User.objects.filter(pk__in=there.values("user"))
        self._accounts = {str(user): user for user in field.queryset or ()}
        if not decision.is_historic and decision.body.kind not in ELECTED_KINDS:
            del self.fields["others"]

    def persons(self) -> list[DissentBy]:
        """Those who dissent, each once; a line with the name of an account tells its party."""
        parties: dict[str, str] = {}
        for line in self.cleaned_data.get("others", "").splitlines():
            name, _open, rest = line.strip().partition("(")
            if name.strip():
                parties[name.strip()] = rest.rstrip(") ").strip()
        found = [
            DissentBy(user=user, party=parties.pop(str(user), ""))
            for user in self.cleaned_data["people"]
        ]
        for name, party in parties.items():
            user = self._accounts.get(name)
            found.append(DissentBy(user=user, name="" if user else name, party=party))
        return found


class CorrectionForm(forms.Form):
    """The day or paragraph of a decision, as it should have been, with the reason."""

    day = Day(label=_("Beslutsdag"), required=False)
    paragraph = forms.CharField(label=_("Paragraf"), max_length=40, required=False)
    reason = Prose(label=_("Varför rättas det?"), rows=2)
