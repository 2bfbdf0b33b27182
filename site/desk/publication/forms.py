# SPDX-License-Identifier: EUPL-1.2
"""What is chosen before a case is shown to everybody."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.register.models import Case, Record, RecordFile
from ui.forms import Day, Prose, choose_from


def default_end() -> dt.date | None:
    """The last day that is proposed; none where the city has set no time."""
    days = settings.PUBLISHED_DAYS
    return timezone.localdate() + dt.timedelta(days=days) if days else None


class PublishForm(forms.Form):
    """Summary, last day, and which records and files everybody may read."""

    summary = Prose(
        label=_("Offentlig sammanfattning"),
        required=False,
        help_text=_("Visas på stadens sidor. Inga personuppgifter."),
    )
    until = Day(
        label=_("Visas till och med"),
        required=False,
        help_text=_(
            "Sedan visas ärendet inte längre. Personuppgifter får inte ligga ute längre än de "
            "behövs. Tomt betyder utan slut."
        ),
    )
    records = forms.ModelMultipleChoiceField(Record.objects.none(), required=False)
    readable = forms.ModelMultipleChoiceField(RecordFile.objects.none(), required=False)

    def __init__(self, data: Any = None, *, case: Case) -> None:
        shown = case.records.filter(is_published=True, voided_at=None, secrecy_provision="")
        first = {
            "summary": case.summary,
            "until": case.published_until if case.is_published else default_end(),
            "records": [row.pk for row in shown],
            "readable": [pk for row in shown for pk in row.public_files],
        }
        super().__init__(data, initial=first)
        may = case.records.filter(voided_at=None, secrecy_provision="")
        choose_from(self, "records", may)
        choose_from(self, "readable", RecordFile.objects.filter(record__in=may).order_by("pk"))

    def chosen_records(self) -> dict[int, list[RecordFile]]:
        """The files of each chosen record; those of a record that is not chosen are not shown."""
        files: dict[int, list[RecordFile]] = defaultdict(list)
        for file in self.cleaned_data["readable"]:
            files[file.record_id].append(file)
        return {row.pk: files[row.pk] for row in self.cleaned_data["records"]}

    def fingerprint(self) -> str:
        """What was chosen, so that the preview that was confirmed is the one that was seen."""
        data = self.cleaned_data
        records = {pk: [file.pk for file in files] for pk, files in self.chosen_records().items()}
        told = f"{data['summary'].strip()}\n{data['until']}\n{sorted(records.items())}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]
