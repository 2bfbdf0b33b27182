# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the archive, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

CLOSING_ORDERED = register("archive.closing_ordered", _("Ärendet håller på att avslutas"))
CLOSING_UNDOING = register("archive.closing_undoing", _("Avslutningen håller på att ångras"))
DECISION_RECORDED = register(
    "archive.decision_recorded", _("Gallringsbeslutet %(reference)s fördes in")
)
