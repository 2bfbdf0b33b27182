# SPDX-License-Identifier: EUPL-1.2
"""The desk's forms: one column, hints under labels, Swedish errors at the fields."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from casework.initiatives.enums import ScopeReason
from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.process.enums import Occasion, Opinion
from casework.register.enums import CaseType, Direction, LinkKind, Outcome
from casework.register.models import Case, NumberSeries


class MultipleFileInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files; cleans to a list."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; an empty choice is an empty list."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class Prose(forms.CharField):
    """Running text in a field of a few lines."""

    def __init__(self, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Day(forms.DateField):
    """A date, written 2026-11-23."""

    widget = AdminDateInput
    default_error_messages = {"invalid": _("Skriv datumet som 2026-11-23.")}


def choose_from(form: forms.BaseForm, name: str, queryset: Any) -> forms.ModelChoiceField:
    """Let a form's field offer these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset
    return field


class OnceForm(forms.Form):
    """Carries a token, so that a form that is sent twice is carried out once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4


def officers_of(authority: Authority) -> Any:
    """The persons who may be case officers of an authority today."""
    today = timezone.localdate()
    return (
        User.objects.filter(
            is_active=True,
            appointments__role=Role.OFFICER,
            appointments__authority=authority,
            appointments__valid_from__lte=today,
        )
        .exclude(appointments__valid_until__lt=today)
        .distinct()
    )


# Decisions


class ReasonForm(forms.Form):
    """A decision's reason."""

    reason = Prose(
        label=_("Skäl"),
        required=False,
        help_text=_("Visas för förslagsställaren. Skriv så att den som inte var med förstår."),
    )


class DatedReasonForm(ReasonForm):
    """A body's decision: the day and the reason."""

    decided_on = Day(label=_("Beslutsdatum"), initial=timezone.localdate)
    field_order = ["decided_on", "reason"]


class ScopeForm(ReasonForm):
    """Whether the model covers the initiative (R1–R4)."""

    ground = forms.ChoiceField(label=_("Grund"), choices=ScopeReason, widget=forms.RadioSelect)
    field_order = ["ground", "reason"]


class OpinionForm(DatedReasonForm):
    """An advising body's opinion."""

    opinion = forms.ChoiceField(
        label=_("Ställningstagande"), choices=Opinion, widget=forms.RadioSelect
    )
    field_order = ["opinion", "decided_on", "reason"]


class CouncilDecisionForm(DatedReasonForm):
    """Kommunfullmäktige's decision, with where it stands (R37, R38, R63)."""

    occasion = forms.ChoiceField(label=_("Beslutat i"), choices=Occasion, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Hänvisning"),
        max_length=200,
        help_text=_("Var beslutet står, till exempel ”KF 2026-11-23 § 12”."),
    )
    field_order = ["occasion", "reference", "decided_on", "amount_tkr", "reason"]


class ApproveForm(CouncilDecisionForm):
    """The decision gave it room: also the amount."""

    amount_tkr = forms.IntegerField(
        label=_("Belopp i tkr"), required=False, min_value=0, help_text=_("Tusental kronor.")
    )


# Registration


class RegisterInitiativeForm(OnceForm):
    """What the registrar checks before an initiative gets its number."""

    title = forms.CharField(label=_("Ärendemening"), max_length=400)
    received_date = Day(label=_("Inkom"), help_text=_("Dagen då det kom in, inte dagens datum."))
    officer = forms.ModelChoiceField(
        label=_("Handläggare"), queryset=User.objects.none(), required=False
    )
    secrecy_provision = forms.CharField(
        label=_("Sekretessmarkering"),
        max_length=80,
        required=False,
        help_text=_("Bara om uppgifter kan behöva skyddas. Ange bestämmelsen, t.ex. OSL 18:8."),
    )
    title_public = forms.CharField(
        label=_("Ärendemening utåt"),
        max_length=400,
        required=False,
        help_text=_("Fyll i om den vanliga inte kan visas för alla."),
    )

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "officer", officers_of(authority))


class RecordForm(OnceForm):
    """A record in a case."""

    direction = forms.ChoiceField(
        label=_("Riktning"), choices=Direction, initial=Direction.INCOMING, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Vad handlingen gäller"),
        max_length=400,
        help_text=_("Kort, utan namn på personer."),
    )
    received_date = Day(label=_("Inkom eller upprättades"), initial=timezone.localdate)
    party = forms.CharField(label=_("Avsändare eller mottagare"), max_length=200, required=False)
    party_public = forms.CharField(
        label=_("Avsändare eller mottagare utåt"),
        max_length=200,
        required=False,
        help_text=_("Visas för alla. Lämna tomt för privatpersoner."),
    )
    secrecy_provision = forms.CharField(
        label=_("Sekretessmarkering"),
        max_length=80,
        required=False,
        help_text=_("Bara om den behövs, till exempel OSL 18:8."),
    )
    files = MultipleFileField(  # type: ignore[assignment]  # a form field, not the upload dict
        label=_("Filer"),
        required=False,
        help_text=_("PDF, Word, Excel eller bild. Högst 25 MB per fil."),
    )


class LetterForm(RecordForm):
    """A letter from outside: a new case, or a record in one that there is."""

    LABELS = {
        "title": _("Vad skrivelsen gäller"),
        "received_date": _("Inkom"),
        "party": _("Avsändare"),
        "party_public": _("Avsändare utåt"),
    }
    series = forms.ModelChoiceField(
        label=_("Diarium"), queryset=NumberSeries.objects.filter(is_historic=False)
    )
    existing = forms.CharField(
        label=_("Hör till ärende"),
        max_length=60,
        required=False,
        help_text=_("Diarienummer, om det gäller ett ärende som finns. Annars blir det ett nytt."),
    )
    case_type = forms.ChoiceField(label=_("Ärendetyp"), choices=CaseType, initial=CaseType.LETTER)
    sender_email = forms.EmailField(
        label=_("Avsändarens e-post"),
        required=False,
        help_text=_("Dit skickas en mottagningsbekräftelse. Frivilligt."),
    )
    field_order = [
        "existing",
        "series",
        "case_type",
        "title",
        "received_date",
        "party",
        "party_public",
        "sender_email",
        "secrecy_provision",
        "files",
        "direction",
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.case: Case | None = None
        self.fields["direction"].widget = forms.HiddenInput()
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        codes = user.appointments.in_force().filter(role=Role.REGISTRAR).values("authority")
        mine = NumberSeries.objects.filter(is_historic=False, authority__in=codes)
        choose_from(self, "series", mine).initial = mine.first()

    def clean_existing(self) -> str:
        """Find the case; a number that the person may not see reads as one that is not there."""
        from casework.register.numbers import parse_lenient

        text: str = self.cleaned_data["existing"].strip()
        if not text:
            return ""
        keys = [reading.key for reading in parse_lenient(text)]
        self.case = Case.objects.visible_to(self.user).filter(numbers__key__in=keys).first()
        if self.case is None:
            raise forms.ValidationError(_("Det finns inget ärende med det numret."))
        return text


# Caretaking


class OfficerForm(forms.Form):
    """Who handles the case."""

    officer = forms.ModelChoiceField(label=_("Handläggare"), queryset=User.objects.none())

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "officer", officers_of(case.authority)).initial = case.officer_id


class CorrectTitleForm(forms.Form):
    """A correction of the title; the old one is kept."""

    value = forms.CharField(label=_("Ny ärendemening"), max_length=400)
    reason = Prose(label=_("Skäl"), rows=2)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].initial = case.title


class SecrecyForm(forms.Form):
    """A secrecy marking (OSL 5:5)."""

    provision = forms.CharField(
        label=_("Bestämmelse"), max_length=80, help_text=_("Till exempel OSL 18:8.")
    )
    reason = Prose(label=_("Skäl"), rows=2, required=False)


class PlainReasonForm(forms.Form):
    """Only a reason."""

    reason = Prose(label=_("Skäl"), rows=2)


class PublishForm(forms.Form):
    """What everybody is shown."""

    summary = Prose(
        label=_("Sammanfattning utåt"),
        required=False,
        help_text=_("Visas på stadens sidor. Inga personuppgifter."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].initial = case.summary


class GrantForm(forms.Form):
    """Let a person see the case."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.filter(is_active=True))
    reason = Prose(label=_("Skäl"), rows=2)


class LinkForm(forms.Form):
    """A link to another case (R67)."""

    kind = forms.ChoiceField(label=_("Koppling"), choices=LinkKind)
    number = forms.CharField(label=_("Diarienummer"), max_length=60)
    note = forms.CharField(label=_("Anmärkning"), max_length=200, required=False)


class CloseForm(forms.Form):
    """A case's end."""

    outcome = forms.ChoiceField(label=_("Utfall"), choices=Outcome.choices)
    decided_on = Day(label=_("Beslutsdatum"), initial=timezone.localdate)


class DisclosureAnswerForm(forms.Form):
    """How a request was answered."""

    answer = Prose(label=_("Hur begäran besvarades"))


class ConsultationForm(forms.Form):
    """A consultation, or why none is held (R65)."""

    consultees = Prose(
        label=_("Remissinstanser"),
        required=False,
        help_text=_("En per rad. Lämna tomt om ingen remiss hålls."),
    )
    deadline = Day(label=_("Svar senast"), required=False)
    question = Prose(label=_("Fråga"), required=False)
    none_reason = Prose(
        label=_("Varför ingen remiss hålls"), rows=2, required=False,
        help_text=_("Skrivs ut i tjänsteutlåtandet."),
    )  # fmt: skip
