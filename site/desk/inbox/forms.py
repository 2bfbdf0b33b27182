# SPDX-License-Identifier: EUPL-1.2
"""Forms of the inbox: what is registered of an item, where it is sent, and what is dropped in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.inbox.models import InboxItem
from casework.inbox.services.filing import may_be_acknowledged, may_be_answered
from casework.inbox.suggestions import ORDER_LENGTH, asked_for, number_asked_for, plain_title
from casework.organisation.models import Authority, User
from casework.register.days import letter_due
from casework.register.models import Case, NumberSeries
from ui.forms import Day, MultipleFileField, Prose
from ui.letter_choices import LetterChoices
from ui.letter_fields import ClassField, FaceFields, choose_among
from ui.lookups import meant_case
from ui.who import HolderField


class FilingForm(FaceFields):
    """What the item is registered as; all of it is filled in from the item."""

    title = forms.CharField(label=_("Vad handlingen gäller"), max_length=400)
    party = forms.CharField(label=_("Avsändare"), max_length=200, required=False)
    received_date = Day(label=_("Inkom"))
    responsible = HolderField(label=_("Handläggare eller enhet i ett nytt ärende"))
    class_code = ClassField()
    existing = forms.CharField(
        label=_("Hör till ett annat ärende"),
        max_length=60,
        required=False,
        help_text=_("Diarienummer, hur det än skrivs."),
    )
    series = forms.ChoiceField(label=_("Diarium"))
    with_receipt = forms.BooleanField(
        label=_("Bekräfta för avsändaren att brevet har kommit in"), required=False
    )

    MORE = (
        "class_code",
        "series",
        "title_public",
        "party_public",
        "secrecy_provision",
        "with_receipt",
    )
    """What is seldom changed and stands folded."""

    field_order = ["title", "party", "is_private", "received_date", "responsible", "existing"]

    def __init__(
        self,
        *args: Any,
        user: User,
        item: InboxItem,
        choices: LetterChoices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.case: Case | None = None
        choose_among(
            self, choices,
            responsible="responsible", class_code="class_code", provision="secrecy_provision",
        )  # fmt: skip
        self.own = choices.series_of(item.authority_id)
        self.fields["series"].choices = list(self.own.items())  # type: ignore[attr-defined]
        filled: dict[str, Any] = {
            "title": plain_title(item) or suggested_title(item),
            "party": item.sender_name or item.sender_address,
            "received_date": timezone.localdate(item.received_at),
            "responsible": f"u{user.unit_id}" if user.unit_id else "",
            "with_receipt": may_be_acknowledged(item),
        }
        self.initial = {**filled, **self.initial}

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that are always looked at."""
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """Those that stand folded."""
        return [field for field in self.visible_fields() if field.name in self.MORE]

    def clean_series(self) -> NumberSeries:
        """The series with the key."""
        return NumberSeries.objects.get(pk=self.cleaned_data["series"])

    def clean_existing(self) -> str:
        """Find the case; a number that the person may not see reads as one that is not there."""
        text: str = self.cleaned_data["existing"].strip()
        if not text:
            return ""
        self.case = meant_case(self.user, text)
        return text

    def said(self) -> dict[str, Any]:
        """What is said of the record, whichever case it comes to."""
        names = ("title", "party", "received_date", "title_public", "secrecy_provision")
        said = {name: self.cleaned_data[name] for name in names}
        face = {"party_public": self.public_party(), "is_private": self.cleaned_data["is_private"]}
        return {**said, **face}

    def new_case(self) -> dict[str, Any]:
        """What is said of a new case beside its record."""
        return {
            **self.cleaned_data["responsible"],
            "class_code": self.cleaned_data["class_code"],
            "due_on": letter_due(timezone.localdate()),
        }


def suggested_title(item: InboxItem) -> str:
    """What to call what came in without a subject; the sender is not named where all may read."""
    return _("%(kind)s utan ämne, inkom %(day)s") % {
        "kind": item.get_kind_display(),
        "day": timezone.localdate(item.received_at).isoformat(),
    }


class ForwardForm(forms.Form):
    """Where the item belongs."""

    authority = forms.ChoiceField(label=_("Myndighet här"), required=False)
    address = forms.EmailField(label=_("E-postadress"), required=False)

    def __init__(self, *args: Any, item: InboxItem, choices: LetterChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = choices.others_than(item.authority_id)
        if not others:
            self.fields["authority"].widget = forms.HiddenInput()
        else:
            self.fields["address"].help_text = _("I stället för en myndighet här.")
        self.fields["authority"].choices = [("", _("Välj")), *others.items()]  # type: ignore[attr-defined]

    @property
    def first_id(self) -> str:
        """Where the cursor goes."""
        return str(self.visible_fields()[0].id_for_label)

    def clean_authority(self) -> Authority | None:
        """The authority with the key."""
        chosen = self.cleaned_data["authority"]
        return Authority.objects.get(pk=chosen) if chosen else None


class OrderForm(forms.Form):
    """What the item asks to see; filled in from it, without who asks."""

    order_number = forms.CharField(
        label=_("Ärendets eller handlingens nummer"), max_length=70, required=False
    )
    asked = Prose(
        label=_("Vad som begärs"),
        rows=5,
        max_length=ORDER_LENGTH,
        help_text=_("Ta bort namn och annat om den som frågar: det här sparas (TF 2:18)."),
    )
    contact = forms.CharField(
        label=_("Dit svaret ska"),
        max_length=200,
        help_text=_("Glöms när kvittot har gått ut."),
    )
    with_code = forms.BooleanField(label=_("Skicka kvittokoden dit"), required=False)

    def __init__(self, *args: Any, item: InboxItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filled: dict[str, Any] = {
            "order_number": number_asked_for(item),
            "asked": asked_for(item),
            "contact": item.sender_address,
            "with_code": may_be_answered(item),
        }
        self.initial = {**filled, **self.initial}

    def said(self) -> dict[str, Any]:
        """What is said of the order."""
        data = self.cleaned_data
        return {
            "number": data["order_number"], "text": data["asked"],
            "contact": data["contact"], "with_code": data["with_code"],
        }  # fmt: skip


class DropForm(forms.Form):
    """Scans or letters that were handed over."""

    files = MultipleFileField(  # type: ignore[assignment]  # a form field, not the upload dict
        label=_("Skannade brev"),
        help_text=_("PDF, TIFF eller bild. Dra filerna hit, eller välj dem."),
    )
    together = forms.BooleanField(label=_("Filerna är ett och samma brev"), required=False)
