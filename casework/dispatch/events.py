# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of expediering, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

DISPATCHED = register("dispatch.dispatched", _("Handlingen %(dnr)s expedierades"))
RECEIPT_NOTED = register("dispatch.receipt_noted", _("Mottagandet av handlingen %(dnr)s noterades"))
