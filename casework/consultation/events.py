# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of consultations, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

OPENED = register("consultation.opened", _("Remiss skickades"))
NONE = register("consultation.none", _("Beslut att inte remittera"))
ANSWERED = register("consultation.answered", _("Remissvar antecknades"))
