# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the running of the site, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

FAULT_REPORTED = register("ops.fault_reported", _("Ett fel på webbplatsen anmäldes"))
