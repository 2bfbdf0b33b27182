# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the city's own pages, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

FAULT_REPORTED = register("pages.fault_reported", _("Ett fel på webbplatsen anmäldes"))
