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
from casework.register.days import letter_due
from casework.register.models import Case, ClassCode, NumberSeries
from ui.forms import Day, MultipleFileField, choose_from
from ui.letter_fields import ClassField, FaceFields
from ui.lookups import meant_case
from ui.who import HolderField

_ANSWERS = re.compile(r"^(?:(?:sv|re|vb|fwd?|aw|ang)\s*:\s*)+", re.IGNORECASE)


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
        series: Sequence[NumberSeries],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.case: Case | None = None
        choose_from(self, "class_code", ClassCode.objects.in_force())
        self.fields["responsible"].offer([item.authority_id])  # type: ignore[attr-defined]
        self.own = {str(row.pk): row for row in series if row.authority_id == item.authority_id}
        self.fields["series"].choices = [(pk, str(row)) for pk, row in self.own.items()]  # type: ignore[attr-defined]
        if self.is_bound:
            return
        self.initial = {
            "title": _ANSWERS.sub("", item.title) or suggested_title(item),
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
        self.case = meant_case(self.user, text)
        return text

    def said(self) -> dict[str, Any]:
        """What is said of the record, whichever case it comes to."""
        names = ("title", "party", "received_date", "title_public", "secrecy_provision")
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "party_public": self.public_party()}

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
        else:
            self.fields["address"].help_text = _("I stället för en myndighet här.")
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
