# SPDX-License-Identifier: EUPL-1.2
"""Forms of registering, and of what a registrar or officer does with a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.organisation.enums import Role
from casework.organisation.models import Authority, Body, User
from casework.organisation.selectors import appointments_of, officers_of
from casework.register.enums import (
    CaseType,
    Direction,
    LinkKind,
    Outcome,
    RecordKind,
)
from casework.register.models import Case, NumberSeries, Record, RecordFile
from casework.register.selectors import recent_twin, registered_before
from ui.forms import (
    Day,
    MultipleFileField,
    OnceForm,
    Prose,
    choose_from,
)


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
        label=_("Offentlig ärendemening"),
        max_length=400,
        required=False,
        help_text=_("Fyll i om den vanliga inte kan visas för alla."),
    )

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "officer", officers_of(authority))


class RecordForm(OnceForm):
    """A record in a case."""

    kind = forms.ChoiceField(
        label=_("Slag"), choices=RecordKind, initial=RecordKind.OTHER, required=False
    )
    direction = forms.ChoiceField(
        label=_("Riktning"), choices=Direction, initial=Direction.INCOMING, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Vad handlingen gäller"),
        max_length=400,
        help_text=_("Kort, utan namn på personer."),
    )
    title_public = forms.CharField(
        label=_("Vad handlingen gäller, i webbdiariet"),
        max_length=400,
        required=False,
        help_text=_("Fyll i om den vanliga texten inte kan visas för alla."),
    )
    received_date = Day(label=_("Inkom eller upprättades"), initial=timezone.localdate)
    party = forms.CharField(label=_("Avsändare eller mottagare"), max_length=200, required=False)
    party_public = forms.CharField(
        label=_("Avsändare eller mottagare i webbdiariet"),
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
        "title_public": _("Offentlig ärendemening"),
        "received_date": _("Inkom"),
        "party": _("Avsändare"),
        "party_public": _("Avsändare i webbdiariet"),
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
    case_type = forms.ChoiceField(
        label=_("Ärendetyp"),
        # An initiative gets its number from the inbox, with its way through the model.
        choices=[c for c in CaseType.choices if c[0] != CaseType.INITIATIVE],
        initial=CaseType.LETTER,
    )
    officer = forms.ModelChoiceField(
        label=_("Handläggare"), queryset=User.objects.none(), required=False
    )
    again = forms.BooleanField(
        label=_("Det är en annan skrivelse: registrera den också"),
        required=False,
        widget=forms.HiddenInput,
    )
    sender_email = forms.EmailField(
        label=_("Avsändarens e-post"),
        required=False,
        help_text=_("Dit skickas en mottagningsbekräftelse."),
    )
    field_order = [
        "existing",
        "series",
        "case_type",
        "officer",
        "title",
        "title_public",
        "received_date",
        "party",
        "party_public",
        "sender_email",
        "secrecy_provision",
        "files",
        "direction",
        "again",
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.case: Case | None = None
        self.fields["direction"].widget = forms.HiddenInput()
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        keeps = [
            row.authority_id
            for row in appointments_of(user)
            if row.role == Role.REGISTRAR and row.authority_id is not None
        ]
        mine = NumberSeries.objects.filter(is_historic=False, authority__in=keeps)
        field = choose_from(self, "series", mine)
        field.empty_label = None
        if not self.is_bound:
            field.initial = mine.first()
        choose_from(self, "officer", officers_of(keeps[0]) if keeps else User.objects.none())

    def clean_existing(self) -> str:
        """Find the case; a number that the person may not see reads as one that is not there."""
        text: str = self.cleaned_data["existing"].strip()
        if not text:
            return ""
        self.case = Case.objects.shown_to(self.user).by_number(text).first()
        if self.case is None:
            raise forms.ValidationError(_("Det finns inget ärende med det numret."))
        return text

    def clean(self) -> dict[str, Any]:
        """Ask once about a letter that looks like the one before: back and register again (S5)."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or self.case is not None or data["again"]:
            return data
        found = recent_twin(self.user, data["series"], title=data["title"], party=data["party"])
        if found is None or registered_before(data["token"]):
            return data
        twin, ago = found
        self.fields["again"].widget = forms.CheckboxInput()
        minutes = int(ago.total_seconds() // 60)
        told = ngettext(
            "Samma avsändare och rubrik registrerades för en minut sedan: %(dnr)s.",
            "Samma avsändare och rubrik registrerades för %(minutes)s minuter sedan: %(dnr)s.",
            max(minutes, 1),
        ) % {"minutes": minutes, "dnr": twin.dnr}
        self.add_error("again", told)
        return data


class OfficerForm(forms.Form):
    """Who handles the case."""

    officer = forms.ModelChoiceField(label=_("Handläggare"), queryset=User.objects.none())

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "officer", officers_of(case.authority)).initial = case.officer_id


class CorrectForm(forms.Form):
    """What was registered, to be corrected; the old values are kept (JO 4639-2007, OSL 5:2)."""

    title = forms.CharField(label=_("Ärendemening"), max_length=400)
    title_public = forms.CharField(
        label=_("Offentlig ärendemening"),
        max_length=400,
        required=False,
        help_text=_("Visas för alla. Tom betyder att den vanliga visas."),
    )
    party = forms.CharField(label=_("Avsändare eller mottagare"), max_length=200, required=False)
    party_public = forms.CharField(
        label=_("Avsändare eller mottagare i webbdiariet"),
        max_length=200,
        required=False,
        help_text=_("Visas för alla. Lämna tomt för privatpersoner."),
    )
    received_date = Day(label=_("Inkom eller upprättades"))
    reason = Prose(label=_("Skäl"), rows=2)

    def __init__(self, data: Any = None, *, case: Case | Record) -> None:
        names = [name for name in self.base_fields if name != "reason"]
        super().__init__(data, initial={name: getattr(case, name) for name in names})
        if isinstance(case, Record):
            self.fields["title"].label = _("Vad handlingen gäller")
            self.fields["title_public"].label = _("Vad handlingen gäller, i webbdiariet")


class SecrecyForm(forms.Form):
    """A secrecy marking (OSL 5:5)."""

    provision = forms.CharField(
        label=_("Bestämmelse"), max_length=80, help_text=_("Till exempel OSL 18:8.")
    )
    reason = Prose(label=_("Skäl"), rows=2, required=False)


class GrantForm(forms.Form):
    """Let a person, a body or a role see the case, for a time (OSL, need to know)."""

    user = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.filter(is_active=True), required=False
    )
    body = forms.ModelChoiceField(
        label=_("Eller ett organ"), queryset=Body.objects.in_force(), required=False
    )
    role = forms.ChoiceField(
        label=_("Eller alla med en roll"), choices=[("", "—"), *Role.choices], required=False
    )
    valid_until = Day(label=_("Till och med"), required=False)
    reason = Prose(label=_("Skäl"), rows=2)


class LinkForm(forms.Form):
    """A link to another case (R67)."""

    kind = forms.ChoiceField(label=_("Koppling"), choices=LinkKind)
    number = forms.CharField(label=_("Diarienummer"), max_length=60)
    note = forms.CharField(label=_("Anmärkning"), max_length=200, required=False)


class CloseForm(forms.Form):
    """A case's end."""

    outcome = forms.ChoiceField(
        label=_("Utfall"),
        choices=[(o.value, o.label) for o in (Outcome.ANSWERED, Outcome.FILED, Outcome.OTHER)],
    )
    decided_on = Day(label=_("Beslutsdatum"), initial=timezone.localdate)


class VoidCaseForm(forms.Form):
    """Why a case is voided; its number is never used again."""

    reason = Prose(label=_("Skäl"), rows=2)


class MergeForm(forms.Form):
    """The case into which this one goes."""

    number = forms.CharField(label=_("Diarienummer"), max_length=60)
    reason = Prose(label=_("Skäl"), rows=2)


class NumberForm(forms.Form):
    """One more number under which the case is found."""

    number = forms.CharField(label=_("Diarienummer"), max_length=60)


class PublicFilesForm(forms.Form):
    """Which of a record's files everybody may read."""

    shown = forms.ModelMultipleChoiceField(
        RecordFile.objects.none(),
        label=_("Filer som alla får läsa"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, record: Record) -> None:
        super().__init__(data, initial={"shown": record.public_files})
        field = self.fields["shown"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = record.files.order_by("pk")


class AttachForm(forms.Form):
    """A file for a record that is there."""

    file = forms.FileField(label=_("Fil"))
