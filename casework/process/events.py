# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the process, in words."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.journal.events import EventType, register
from casework.process.catalogue import TRANSITIONS

PARTICIPATION_NOTED = register(
    "process.participation_noted", _("En sakkunnigs medverkan antecknades")
)

STEPS: dict[str, EventType] = {
    name: register(f"process.{name}", format_lazy(_("Initiativet {told}"), told=transition.told))
    for name, transition in TRANSITIONS.items()
}
"""The event of each transition: it is told as the catalogue tells the transition."""
