# SPDX-License-Identifier: EUPL-1.2
"""The event list: the journal in words, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from casework.journal.models import Entry
from casework.process.catalogue import TRANSITIONS

WORDS = {
    "register.case_registered": gettext_noop("Ärendet registrerades"),
    "register.record_registered": gettext_noop("En handling registrerades"),
    "register.number_added": gettext_noop("Ett diarienummer lades till"),
    "register.file_attached": gettext_noop("En fil lades till"),
    "register.corrected": gettext_noop("En uppgift rättades"),
    "register.voided": gettext_noop("En handling makulerades"),
    "register.published": gettext_noop("Ärendet publicerades"),
    "register.unpublished": gettext_noop("Ärendet togs bort från webbdiariet"),
    "register.record_published": gettext_noop("En handling publicerades"),
    "register.record_unpublished": gettext_noop("En handling togs bort från webbdiariet"),
    "register.marked_secret": gettext_noop("Ärendet sekretessmarkerades"),
    "register.record_marked_secret": gettext_noop("En handling sekretessmarkerades"),
    "register.secrecy_lifted": gettext_noop("Sekretessmarkeringen togs bort"),
    "register.officer_assigned": gettext_noop("Ärendet fick handläggare"),
    "register.access_granted": gettext_noop("En person fick särskild behörighet"),
    "register.linked": gettext_noop("Ärendet kopplades till ett annat"),
    "register.closed": gettext_noop("Ärendet avslutades"),
    "register.reopened": gettext_noop("Ärendet öppnades igen"),
    "initiatives.saved": gettext_noop("Initiativet sparades"),
    "consultation.opened": gettext_noop("Remiss skickades"),
    "consultation.none": gettext_noop("Beslut att inte remittera"),
    "consultation.answered": gettext_noop("Remissvar antecknades"),
    "docgen.report_created": gettext_noop("Ett tjänsteutlåtande påbörjades"),
    "docgen.report_saved": gettext_noop("Tjänsteutlåtandet sparades"),
    "docgen.generation_requested": gettext_noop("Word-fil beställdes"),
    "docgen.generated": gettext_noop("Word-fil skapades"),
    "docgen.pdf_requested": gettext_noop("PDF beställdes"),
    "docgen.return_read": gettext_noop("En återlämnad Word-fil lästes"),
    "docgen.return_applied": gettext_noop("Ändringar ur en återlämnad Word-fil fördes in"),
    "docgen.template_added": gettext_noop("En Word-mall togs i bruk"),
    "docgen.template_retired": gettext_noop("En Word-mall togs ur bruk"),
    "register.history_noted": gettext_noop("Ärendets historia fördes in"),
    "register.disclosure_requested": gettext_noop("En handling begärdes ut"),
    "register.disclosure_answered": gettext_noop("En begäran om utlämnande besvarades"),
    "initiatives.batch_sent": gettext_noop("En sammanställning skickades"),
    "prioritisation.order_saved": gettext_noop("Ordningen sparades"),
    "prioritisation.ranking_fixed": gettext_noop("Rangordningen fastställdes"),
    "prioritisation.ranking_reopened": gettext_noop("Rangordningen öppnades igen"),
    "prioritisation.proposal_made": gettext_noop("Stadens förslag överlämnades"),
    "process.participation_noted": gettext_noop("En sakkunnigs medverkan antecknades"),
    "ops.fault_reported": gettext_noop("Ett fel på webbplatsen anmäldes"),
    "organisation.appointed": gettext_noop("En person utsågs"),
    "organisation.appointment_ended": gettext_noop("Ett uppdrag avslutades"),
    "organisation.added": gettext_noop("En uppgift om organisationen lades till"),
    "organisation.changed": gettext_noop("En uppgift om organisationen ändrades"),
}
QUIET = frozenset({"initiatives.saved"})
"""Told only in the full history, not on the page of the matter."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the list."""

    at: dt.datetime
    text: str
    actor: str
    reason: str
    details: list[tuple[str, Any, Any]]


def events_of(subjects: list[str], *, quiet: bool = True) -> list[Event]:
    """The events of a matter, newest first; ``quiet`` leaves the small ones out."""
    entries = Entry.objects.filter(subject__in=subjects).select_related("actor")
    if quiet:
        entries = entries.exclude(action__in=QUIET)
    return [as_event(entry) for entry in entries]


def as_event(entry: Entry) -> Event:
    """A journal entry in words."""
    keys = dict.fromkeys([*entry.before, *entry.after])
    return Event(
        at=timezone.localtime(entry.at),
        text=_in_words(entry.action),
        actor=str(entry.actor or _("Systemet")),
        reason=entry.reason,
        details=[(key, entry.before.get(key, ""), entry.after.get(key, "")) for key in keys],
    )


def _in_words(action: str) -> str:
    app, _dot, name = action.partition(".")
    if app == "process" and name in TRANSITIONS:
        return _("Initiativet %(told)s") % {"told": TRANSITIONS[name].told}
    return _(WORDS.get(action, action))
