# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the organisation, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

APPOINTED = register("organisation.appointed", _("En person utsågs"))
APPOINTMENT_ENDED = register("organisation.appointment_ended", _("Ett uppdrag avslutades"))
ADDED = register("organisation.added", _("En uppgift om organisationen lades till"))
CHANGED = register("organisation.changed", _("En uppgift om organisationen ändrades"))
