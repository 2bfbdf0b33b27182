# SPDX-License-Identifier: EUPL-1.2
"""Forms of the inbox: what is registered of an item, where it is sent, and what is dropped in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.inbox.models import InboxItem
from casework.inbox.services.filing import may_be_acknowledged
from casework.organisation.models import Authority, User
from casework.register.models import Case, ClassCode, NumberSeries
from ui.days import ANSWER_WITHIN, workdays_after
from ui.forms import Day, MultipleFileField, choose_from
from ui.who import holder_of, who_may_have

_ANSWERS = re.compile(r"^(?:(?:sv|re|vb|fwd?|aw|ang)\s*:\s*)+", re.IGNORECASE)


class FilingForm(forms.Form):
    """What the item is registered as; all of it is filled in from the item."""

    title = forms.CharField(label=_("Vad handlingen gäller"), max_length=400)
    party = forms.CharField(label=_("Avsändare"), max_length=200, required=False)
    received_date = Day(label=_("Inkom"))
    is_private = forms.BooleanField(
        label=_("Privatperson"),
        required=False,
        initial=True,
        help_text=_("Visas som ”Enskild” för alla utanför."),
    )
    responsible = forms.ChoiceField(
        label=_("Handläggare eller enhet i ett nytt ärende"), required=False
    )
    class_code = forms.ModelChoiceField(
        label=_("Klass"),
        queryset=ClassCode.objects.none(),
        required=False,
        empty_label=_("Ingen vald"),
    )
    existing = forms.CharField(
        label=_("Hör till ett annat ärende"),
        max_length=60,
        required=False,
        help_text=_("Diarienummer, hur det än skrivs."),
    )
    series = forms.ChoiceField(label=_("Diarium"))
    title_public = forms.CharField(
        label=_("Offentlig ärendemening"),
        max_length=400,
        required=False,
        help_text=_("Fyll i om den vanliga inte kan visas för alla."),
    )
    party_public = forms.CharField(
        label=_("Avsändare i webbdiariet"),
        max_length=200,
        required=False,
        help_text=_("Bara om en organisation ska visas med ett annat namn."),
    )
    secrecy_provision = forms.CharField(
        label=_("Sekretessmarkering"),
        max_length=80,
        required=False,
        help_text=_("Bara om den behövs, till exempel OSL 18:8."),
    )
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

    def __init__(
        self,
        *args: Any,
        user: User,
        item: InboxItem,
        series: Sequence[NumberSeries],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.case: Case | None = None
        choose_from(self, "class_code", ClassCode.objects.in_force())
        self.fields["responsible"].choices = who_may_have([item.authority_id])  # type: ignore[attr-defined]
        self.own = {str(row.pk): row for row in series if row.authority_id == item.authority_id}
        self.fields["series"].choices = [(pk, str(row)) for pk, row in self.own.items()]  # type: ignore[attr-defined]
        if self.is_bound:
            return
        self.initial = {
            "title": _ANSWERS.sub("", item.title) or item.get_kind_display(),
            "party": item.sender_name or item.sender_address,
            "received_date": timezone.localdate(item.received_at),
            "responsible": f"u{user.unit_id}" if user.unit_id else "",
            "with_receipt": may_be_acknowledged(item),
        }

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
        return self.own[self.cleaned_data["series"]]

    def clean_existing(self) -> str:
        """Find the case; a number that the person may not see reads as one that is not there."""
        text: str = self.cleaned_data["existing"].strip()
        if not text:
            return ""
        found = Case.objects.shown_to(self.user).by_number(text).filter(is_internal=True)[:2]
        if not found:
            raise forms.ValidationError(_("Det finns inget ärende med det numret."))
        if len(found) > 1:
            raise forms.ValidationError(_("Flera ärenden har det numret. Skriv hela numret."))
        self.case = found[0]
        return text

    def said(self) -> dict[str, Any]:
        """What is said of the record, whichever case it comes to."""
        names = ("title", "party", "received_date", "title_public", "secrecy_provision")
        data = self.cleaned_data
        shown = "" if data["is_private"] else data["party_public"] or data["party"]
        return {**{name: data[name] for name in names}, "party_public": shown}

    def new_case(self) -> dict[str, Any]:
        """What is said of a new case beside its record."""
        return {
            **holder_of(self.cleaned_data["responsible"]),
            "class_code": self.cleaned_data["class_code"],
            "due_on": workdays_after(timezone.localdate(), ANSWER_WITHIN),
        }


class ForwardForm(forms.Form):
    """Where the item belongs."""

    authority = forms.ChoiceField(label=_("Myndighet här"), required=False)
    address = forms.EmailField(label=_("Eller e-postadress"), required=False)

    def __init__(
        self, *args: Any, item: InboxItem, series: Sequence[NumberSeries], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others = {
            str(row.authority_id): row.authority
            for row in series
            if row.authority_id != item.authority_id
        }
        if not self.others:
            self.fields["authority"].widget = forms.HiddenInput()
        self.fields["authority"].choices = [  # type: ignore[attr-defined]
            ("", _("Välj")),
            *((pk, str(authority)) for pk, authority in self.others.items()),
        ]

    @property
    def first_id(self) -> str:
        """Where the cursor goes."""
        return str(self.visible_fields()[0].id_for_label)

    def clean_authority(self) -> Authority | None:
        """The authority with the key."""
        return self.others.get(self.cleaned_data["authority"])


class DropForm(forms.Form):
    """Scans or letters that were handed over."""

    files = MultipleFileField(  # type: ignore[assignment]  # a form field, not the upload dict
        label=_("Skannade brev"),
        help_text=_("PDF, TIFF eller bild. Dra filerna hit, eller välj dem."),
    )
    together = forms.BooleanField(label=_("Filerna är ett och samma brev"), required=False)
