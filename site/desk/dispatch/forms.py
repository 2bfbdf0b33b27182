# SPDX-License-Identifier: EUPL-1.2
"""The forms of expediering."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.dispatch.enums import Way
from casework.dispatch.services import Receiver
from casework.register.models import Party, Record
from ui.forms import Day, Prose

_WITH_ADDRESS = re.compile(r"(?P<name>.*?)\s*<(?P<address>[^<>]+)>\s*")


class DispatchForm(forms.Form):
    """Who gets a record, and how."""

    receivers = Prose(
        label=_("Mottagare"),
        rows=3,
        help_text=_("En på varje rad: namn, och för e-post adressen så här: Namn <adress>."),
    )
    way = forms.ChoiceField(label=_("Sätt"), choices=Way, widget=forms.RadioSelect)
    sent_on = Day(label=_("Expedierad"), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, record: Record) -> None:
        super().__init__(data)
        name = record.party or record.case.party
        known = Party.objects.filter(authority=record.case.authority_id, name=name).first()
        self.fields["receivers"].initial = (
            f"{name} <{known.email}>" if known and known.email else name
        )
        by_mail = bool(known and known.email) and not (record.is_secret or record.case.is_secret)
        self.fields["way"].initial = Way.MAIL if by_mail else Way.POST

    def clean_receivers(self) -> list[Receiver]:
        """A receiver from each line."""
        lines = [line.strip() for line in self.cleaned_data["receivers"].splitlines()]
        return [_receiver(line) for line in lines if line]


class ReceiptForm(forms.Form):
    """That a receiver has got it."""

    received_on = Day(label=_("Mottagen"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Hur vi vet det"),
        max_length=200,
        required=False,
        help_text=_("Till exempel mottagningsbevis, svar eller rekommenderat brev."),
    )


def _receiver(line: str) -> Receiver:
    if found := _WITH_ADDRESS.fullmatch(line):
        return Receiver(found["name"], found["address"])
    return Receiver("", line) if "@" in line and " " not in line else Receiver(line)
