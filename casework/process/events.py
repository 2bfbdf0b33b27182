# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of the machines: one event per transition, in the transition's words."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.journal.events import EventType, register
from casework.process.transitions import ways

EVENTS: dict[str, EventType] = {
    name: register(f"process.{name}", format_lazy(_("Initiativet {told}"), told=way.spec.told))
    for name, way in ways().items()
}
JOINED = register("process.joined", _("Initiativet anmäldes till omgången %(round)s"))
WAITS = register("process.waits", _("Initiativet väntar på nästa omgång"))
DAY_CORRECTED = register("process.day_corrected", _("Beslutsdagen rättades till %(decided_on)s"))
REPORTED = register("process.reported", _("Läget rapporterades för T%(tertial)s %(year)s"))
PROGRAMME_SAVED = register("process.programme", _("E-tjänsteprogrammet för %(cycle)s ändrades"))
