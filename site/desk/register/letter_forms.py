# SPDX-License-Identifier: EUPL-1.2
"""The forms of registering: an initiative's number, a letter, a record; keyboard first.

The order of the fields is the order in which a registrar has the letter before her: where does it
go, what is it about, from whom, when, the files. What is seldom needed comes last.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Authority, User
from casework.organisation.selectors import officers_of
from casework.register.days import letter_due
from casework.register.enums import CaseType, Direction, RecordKind
from casework.register.models import Case, ClassCode, NumberSeries
from casework.register.permissions import diaries_of
from casework.register.selectors import recent_twin, registered_before, twin_record
from desk.register.presenters import twin_words
from ui.forms import Day, MultipleFileField, OnceForm, choose_from
from ui.letter_fields import ClassField, FaceFields, ProvisionField, Suggested
from ui.lookups import meant_case
from ui.who import HolderField


class RegisterInitiativeForm(OnceForm):
    """What the registrar checks before an initiative gets its number."""

    title = forms.CharField(label=_("Ärendemening"), max_length=400)
    received_date = Day(label=_("Inkom"), help_text=_("Dagen då det kom in, inte dagens datum."))
    officer = forms.ModelChoiceField(
        label=_("Handläggare"), queryset=User.objects.none(), required=False
    )
    class_code = ClassField()
    secrecy_provision = ProvisionField(
        help_text=_("Bara om uppgifter kan behöva skyddas. Ange bestämmelsen, t.ex. OSL 18:8.")
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
        choose_from(self, "class_code", ClassCode.objects.in_force())


class RecordForm(FaceFields, OnceForm):
    """A record in a case."""

    title = forms.CharField(
        label=_("Vad handlingen gäller"),
        max_length=400,
        help_text=_("Kort, utan namn på personer."),
    )
    party = forms.CharField(
        label=_("Avsändare eller mottagare"),
        max_length=200,
        required=False,
        widget=Suggested(),
    )
    received_date = Day(
        label=_("Inkom eller upprättades"),
        initial=timezone.localdate,
        help_text=_("i = i dag, -1 = i går, må = i måndags, 24/11, 261124."),
    )
    files = MultipleFileField(  # type: ignore[assignment]  # a form field, not the upload dict
        label=_("Filer"),
        required=False,
        help_text=_("PDF, Word, Excel eller bild. Högst 25 MB per fil."),
    )
    direction = forms.ChoiceField(
        label=_("Riktning"), choices=Direction, initial=Direction.INCOMING, required=False
    )
    kind = forms.ChoiceField(
        label=_("Handlingstyp"), choices=RecordKind, initial=RecordKind.LETTER, required=False
    )
    secrecy_note = forms.CharField(
        label=_("Vad markeringen gäller"), max_length=200, required=False
    )
    secrecy_authority = forms.CharField(
        label=_("Myndighet som har märkt"),
        max_length=120,
        required=False,
        help_text=_("Tomt betyder vår egen."),
    )
    SELDOM = (
        (_("Sekretess"), ("secrecy_provision", "secrecy_note", "secrecy_authority")),
        (_("Annan text i webbdiariet"), ("title_public", "party_public")),
    )
    """What stands folded up below the rest: a heading and its fields."""

    field_order = ["title", "party", "is_private", "received_date", "files", "direction", "kind"]

    LABELS = {
        "title_public": _("Vad handlingen gäller, i webbdiariet"),
        "party_public": _("Avsändare eller mottagare i webbdiariet"),
    }
    """What some fields are called here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name].label = label

    def clean_direction(self) -> str:
        """Incoming, unless something else was chosen."""
        return self.cleaned_data["direction"] or Direction.INCOMING

    def clean_kind(self) -> str:
        """A letter, unless something else was chosen."""
        return self.cleaned_data["kind"] or RecordKind.LETTER

    def letter(self) -> dict[str, Any]:
        """What the service is told of the record."""
        names = (
            "title", "title_public", "party", "received_date", "direction", "kind",
            "secrecy_provision", "secrecy_note", "secrecy_authority", "files", "token",
        )  # fmt: skip
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "party_public": self.public_party()}

    def folded(self) -> list[dict[str, Any]]:
        """The folded parts with their fields; one that holds something or is wrong stands open."""
        return [
            {
                "heading": heading,
                "fields": [self[name] for name in names],
                "is_open": any(self[name].errors or self[name].value() for name in names),
            }
            for heading, names in self.SELDOM
        ]

    def plain(self) -> list[forms.BoundField]:
        """The fields that always stand open."""
        seldom = {name for _heading, names in self.SELDOM for name in names}
        return [field for field in self.visible_fields() if field.name not in seldom]


class LetterForm(RecordForm):
    """A letter from outside: a new case, or a record in one that there is."""

    LABELS = {
        "title": _("Vad det gäller"),
        "received_date": _("Inkom"),
        "party": _("Avsändare"),
    }
    existing = forms.CharField(
        label=_("Hör till ärende"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Diarienummer; tomt blir ett nytt ärende."),
    )
    responsible = HolderField(label=_("Handläggare eller enhet"))
    class_code = ClassField()
    due_on = Day(label=_("Svar senast"), required=False)
    series = forms.ModelChoiceField(
        label=_("Diarium"), queryset=NumberSeries.objects.filter(is_historic=False)
    )
    case_type = forms.ChoiceField(
        label=_("Ärendetyp"),
        # An initiative gets its number from the inbox, with its way through the model.
        choices=[c for c in CaseType.choices if c[0] != CaseType.INITIATIVE],
        initial=CaseType.LETTER,
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
        "existing", "title", "party", "is_private", "received_date", "files", "responsible",
        "class_code", "due_on", "sender_email", "direction", "kind", "case_type", "series", "again",
    ]  # fmt: skip
    KEPT = ("direction", "kind", "responsible", "class_code", "series", "case_type")
    """What the next letter begins with as the one before."""
    HELD = (*KEPT, "title", "party", "is_private", "secrecy_provision")
    """What a prefilled letter holds."""
    COPIED = (*HELD, "secrecy_note", "secrecy_authority")
    """What a copy of the last holds: what is secret stays so."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.case: Case | None = None
        kept = diaries_of(user)
        series = choose_from(
            self,
            "series",
            NumberSeries.objects.filter(is_historic=False, authority__in=kept).select_related(
                "authority"
            ),
        )
        series.empty_label = None
        choose_from(self, "class_code", ClassCode.objects.in_force())
        responsible = self.fields["responsible"]
        assert isinstance(responsible, HolderField)
        responsible.offer(kept)
        if not self.is_bound:
            series.initial = series.queryset.first() if series.queryset is not None else None
            responsible.initial = f"u{user.unit_id}" if user.unit_id else ""
            self.fields["due_on"].initial = letter_due(timezone.localdate())

    def clean_existing(self) -> str:
        """Find the case; a number that the person may not see reads as one that is not there."""
        text: str = self.cleaned_data["existing"].strip()
        if not text:
            return ""
        self.case = meant_case(self.user, text)
        return text

    def clean(self) -> dict[str, Any]:
        """Ask once about a letter that looks like the one before: back and register again (S5)."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or data["again"]:
            return data
        told = twin_of(
            self.user, self.case, data["series"], title=data["title"], party=data["party"]
        )
        if told and not registered_before(data["token"]):
            self.fields["again"].widget = forms.CheckboxInput()
            self.add_error("again", told)
        return data

    def new_case(self) -> dict[str, Any]:
        """What the service is told of a new case beside its record."""
        return {
            "case_type": self.cleaned_data["case_type"],
            "class_code": self.cleaned_data["class_code"],
            "due_on": self.cleaned_data["due_on"],
            **self.cleaned_data["responsible"],
        }


def twin_of(
    user: User, case: Case | None, series: NumberSeries | None, *, title: str, party: str
) -> str:
    """What was registered just now with the same title and sender, in words; else nothing."""
    found: tuple[str, dt.timedelta] | None = None
    if case is not None:
        found = twin_record(user, case, title=title, party=party)
    elif series is not None and (twin := recent_twin(user, series, title=title, party=party)):
        found = twin[0].dnr, twin[1]
    return twin_words(*found) if found else ""
