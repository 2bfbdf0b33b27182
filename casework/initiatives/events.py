# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of initiatives, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

SAVED = register("initiatives.saved", _("Initiativet sparades"), quiet=True)
BATCH_SENT = register("initiatives.batch_sent", _("En sammanställning skickades"))
