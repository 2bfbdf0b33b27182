# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of prioritisation, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

ORDER_SAVED = register("prioritisation.order_saved", _("Ordningen sparades"))
RANKING_FIXED = register("prioritisation.ranking_fixed", _("Rangordningen fastställdes"))
RANKING_REOPENED = register("prioritisation.ranking_reopened", _("Rangordningen öppnades igen"))
PROPOSAL_MADE = register("prioritisation.proposal_made", _("Stadens förslag överlämnades"))
