# SPDX-License-Identifier: EUPL-1.2
"""Forms of what a registrar or officer does with a case or a record that is registered."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Role
from casework.organisation.models import Body, User
from casework.organisation.selectors import officers_of
from casework.register.enums import (
    CaseType,
    Direction,
    LinkKind,
    Outcome,
    RecordKind,
    Retention,
)
from casework.register.models import Case, ClassCode, Record, RecordFile
from casework.register.obstacles import Missing, missing_for_closing
from casework.register.services import CorrectedMeanwhile, correct_fields, written
from ui.forms import Day, Prose, choose_from
from ui.links import find_url


class DueForm(forms.Form):
    """By which day the case should be answered."""

    due_on = Day(label=_("Svar senast"), required=False, help_text=_("Tomt: ingen dag är satt."))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = case.due_on


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

    OF_CASE = ("case_type", "class_code")
    OF_RECORD = ("direction", "kind")

    def __init__(self, data: Any = None, *, case: Case | Record) -> None:
        names = [*self.base_fields]
        names += self.OF_CASE if isinstance(case, Case) else self.OF_RECORD
        super().__init__(data, initial={name: getattr(case, name) or "" for name in names})
        if isinstance(case, Case):
            initiative = case.case_type == CaseType.INITIATIVE
            types = [c for c in CaseType.choices if (c[0] == CaseType.INITIATIVE) is initiative]
            self.fields["case_type"] = forms.ChoiceField(label=_("Ärendetyp"), choices=types)
            classes = ClassCode.objects.in_force()
            if case.class_code_id is not None:
                classes |= ClassCode.objects.filter(pk=case.class_code_id)
            self.fields["class_code"] = forms.ModelChoiceField(
                classes, label=_("Klass"), required=False, empty_label=_("Ingen vald")
            )
        else:
            self.fields["title"].label = _("Vad handlingen gäller")
            self.fields["title_public"].label = _("Vad handlingen gäller, i webbdiariet")
            self.fields["direction"] = forms.ChoiceField(label=_("Riktning"), choices=Direction)
            self.fields["kind"] = forms.ChoiceField(label=_("Handlingstyp"), choices=RecordKind)
        self.fields["reason"] = Prose(label=_("Skäl"), rows=2)
        stands = json.dumps({name: written(getattr(case, name)) for name in names})
        self.fields["opened"] = forms.CharField(
            required=False, initial=stands, widget=forms.HiddenInput
        )

    def clean_opened(self) -> dict[str, str] | None:
        """What stood on the page when it was opened, as it says itself."""
        try:
            found = json.loads(self.cleaned_data["opened"])
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def take_over(self, now: dict[str, str]) -> None:
        """Let a second sending overrule what somebody else has corrected, which is shown now."""
        stands = json.dumps({**(self.cleaned_data["opened"] or {}), **now})
        self.data = {name: self.data.get(name) for name in self.fields} | {"opened": stands}

    def correct(self, obj: Case | Record, actor: User) -> None:
        """Correct what was changed on the page.

        Raises:
            CorrectedMeanwhile: somebody else was first; the form shows both.
        """
        values = {**self.cleaned_data}
        reason, opened = values.pop("reason"), values.pop("opened")
        try:
            correct_fields(obj=obj, reason=reason, values=values, opened=opened, actor=actor)
        except CorrectedMeanwhile as error:
            self.take_over(error.now)
            raise


class SecrecyForm(forms.Form):
    """A secrecy marking (OSL 5:5)."""

    provision = forms.CharField(
        label=_("Bestämmelse"), max_length=80, help_text=_("Till exempel OSL 18:8.")
    )
    note = forms.CharField(
        label=_("Vad markeringen gäller"),
        max_length=200,
        required=False,
        help_text=_("Till exempel vilka uppgifter eller sidor."),
    )
    authority = forms.CharField(
        label=_("Myndighet som har märkt"),
        max_length=120,
        required=False,
        help_text=_("Tomt betyder vår egen."),
    )
    reason = Prose(label=_("Skäl"), rows=2, required=False)


class GrantForm(forms.Form):
    """Let a person, a body or a role see the case, for a time (OSL, need to know)."""

    user = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.filter(is_active=True), required=False
    )
    body = forms.ModelChoiceField(
        label=_("Organ"),
        queryset=Body.objects.in_force(),
        required=False,
        help_text=_("I stället för en person."),
    )
    role = forms.ChoiceField(
        label=_("Alla med en roll"),
        choices=[("", "—"), *Role.choices],
        required=False,
        help_text=_("I stället för en person eller ett organ."),
    )
    valid_until = Day(label=_("Till och med"), required=False)
    reason = Prose(label=_("Skäl"), rows=2)


class LinkForm(forms.Form):
    """A link to another case (R67)."""

    kind = forms.ChoiceField(label=_("Koppling"), choices=LinkKind)
    number = forms.CharField(label=_("Diarienummer"), max_length=60)
    note = forms.CharField(label=_("Anmärkning"), max_length=200, required=False)


class CloseInitiativeForm(forms.Form):
    """The end of a case whose outcome its way has given; with a reason where something lacks."""

    despite = Prose(label=_("Skäl att avsluta ändå"), rows=2, required=False)

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data)
        missing = missing_for_closing(case)
        if missing:
            told = format_html_join(" ", "{}", ((_led(each),) for each in missing))
            self.fields["despite"].help_text = format_html(str(_("Det här saknas: {}")), told)
        else:
            del self.fields["despite"]


def _led(missing: Missing) -> str:
    """What is missing, leading to where it is mended."""
    thing = missing.thing
    url = thing and (find_url(thing, missing.code) or find_url(thing, "desk"))
    return format_html('<a href="{}">{}</a>', url, missing.sentence) if url else missing.sentence


ENDINGS = [(o.value, o.label) for o in (Outcome.ANSWERED, Outcome.FILED, Outcome.OTHER)]
"""What a person may say that a case came to; the other outcomes follow from its way."""


class CloseForm(CloseInitiativeForm):
    """A case's end."""

    outcome = forms.ChoiceField(label=_("Utfall"), choices=ENDINGS)
    decided_on = Day(label=_("Beslutsdatum"), initial=timezone.localdate)
    field_order = ["outcome", "decided_on", "despite"]


class VoidCaseForm(forms.Form):
    """Why a case is voided; its number is never used again."""

    reason = Prose(
        label=_("Skäl"),
        rows=2,
        help_text=_("Ärendet står kvar i diariet som makulerat. Numret används aldrig igen."),
    )


class MergeForm(forms.Form):
    """The case into which this one goes."""

    number = forms.CharField(
        label=_("Diarienummer"),
        max_length=60,
        help_text=_("Ärendet här avslutas. Nya handlingar registreras i det andra."),
    )
    reason = Prose(label=_("Skäl"), rows=2)


class MoveForm(forms.Form):
    """The case where a record belongs."""

    number = forms.CharField(label=_("Till ärende"), max_length=60, help_text=_("Diarienummer."))
    reason = Prose(label=_("Skäl"), rows=2)


class CopyForm(forms.Form):
    """The case to which a record belongs as well."""

    number = forms.CharField(label=_("Till ärende"), max_length=60, help_text=_("Diarienummer."))


class RetentionForm(forms.Form):
    """What becomes of a record after its case."""

    retention = forms.ChoiceField(
        label=_("Bevarande"),
        choices=[("", _("Som ärendets klass säger")), *Retention.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, record: Record) -> None:
        super().__init__(data, initial={"retention": record.retention})


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
