# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of the lists."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

ORDER_SAVED = register(
    "prioritisation.order_saved", _("Ordningen för %(list)s sparades, inte fastställd"), quiet=True
)
SUGGESTED = register("prioritisation.suggested", _("Ett förslag till ordning gjordes för %(list)s"))
LIST_FIXED = register("prioritisation.list_fixed", _("%(list)s fastställdes"))
LIST_REOPENED = register("prioritisation.list_reopened", _("%(list)s öppnades igen"))
LIST_REPLACED = register(
    "prioritisation.list_replaced", _("%(list)s ersattes av version %(version)s"), quiet=True
)
HANDED_OVER = register("prioritisation.handed_over", _("Stadens förslag för %(list)s överlämnades"))
REFERRED_BACK = register(
    "prioritisation.referred_back", _("Stadens förslag för %(list)s återremitterades")
)
RECOMMENDED = register(
    "prioritisation.recommended", _("Utvecklingsrådets rekommendation för %(list)s fastställdes")
)
DECIDED = register("prioritisation.decided", _("Beslut antecknades för %(list)s"))
