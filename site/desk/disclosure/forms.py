# SPDX-License-Identifier: EUPL-1.2
"""Forms of the trial and of the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.disclosure.enums import DisclosureOutcome
from casework.disclosure.models import DisclosureItem
from casework.disclosure.services import UNTRIED
from casework.register.models import Record, RecordFile
from ui.forms import MultipleFileField, Prose, choose_from


class ListForm(forms.Form):
    """What is taken up in a request: records, or words of what is not in the diary."""

    records = forms.ModelMultipleChoiceField(Record.objects.none(), required=False)
    said = forms.CharField(max_length=200, required=False)

    def __init__(self, data: Any, *, records: Any) -> None:
        super().__init__(data)
        choose_from(self, "records", records)


OUTCOMES = [
    (DisclosureOutcome.GRANTED, _("Lämna ut")),
    (DisclosureOutcome.PARTLY, _("Lämna ut, med delar maskade")),
    (DisclosureOutcome.REFUSED, _("Lämna inte ut")),
    (DisclosureOutcome.MISSING, _("Handlingen finns inte hos oss")),
]
"""What may be decided, in the words of the one who decides."""


class ReviewForm(forms.Form):
    """What is decided of one record."""

    outcome = forms.ChoiceField(label=_("Beslut"), choices=OUTCOMES, widget=forms.RadioSelect)
    own = forms.ModelMultipleChoiceField(
        RecordFile.objects.none(),
        label=_("Filer som lämnas ut som de är"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Välj inte en fil som lämnas ut som maskad kopia."),
    )
    masked = MultipleFileField(
        label=_("Maskade kopior"),
        required=False,
        help_text=_(
            "Kopior där det hemliga är borttaget, inte bara övertäckt. Kontrollera även text under "
            "bilder, kommentarer och filens egenskaper."
        ),
    )
    provision = forms.CharField(
        label=_("Sekretessbestämmelse"),
        max_length=80,
        required=False,
        help_text=_("När något hålls tillbaka, till exempel OSL 21:1."),
    )
    reason = Prose(
        label=_("Skäl till den som frågar"),
        required=False,
        help_text=_("Visas på kvittot. Inga namn, och inget av det som är hemligt."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, item: DisclosureItem) -> None:
        record = item.record
        given = list(item.files.exclude(source=None).values_list("source", flat=True))
        own = record.files.order_by("pk") if record else RecordFile.objects.none()
        first = {
            "outcome": item.outcome,
            # Nothing is ticked from the start, so that no original goes out beside its masked copy.
            "own": given,
            "provision": item.provision or (record.secrecy_provision if record else ""),
            "reason": item.reason,
        }
        super().__init__(data, files, initial=first)
        if own:
            choose_from(self, "own", own)
        else:
            del self.fields["own"]  # a heading over nothing


class WholeAnswerForm(forms.Form):
    """The answer to a request whose records are tried: words on the whole, if any."""

    answer = Prose(
        label=_("Svar till den som frågar"),
        required=False,
        help_text=_("Visas överst på kvittot. Inga namn."),
    )


class AnswerForm(WholeAnswerForm):
    """The answer to a request without listed records."""

    outcome = forms.ChoiceField(
        label=_("Vad svaret blev"),
        choices=[OUTCOMES[-1]],
        initial=DisclosureOutcome.MISSING,
        widget=forms.RadioSelect,
        help_text=UNTRIED,
        error_messages={"invalid_choice": UNTRIED},
    )
    field_order = ("outcome", "answer")


class DecisionForm(forms.Form):
    """Where the written decision stands."""

    number = forms.CharField(
        label=_("Beslutets diarienummer"),
        max_length=70,
        help_text=_("Handlingen eller ärendet där beslutet är registrerat."),
    )
