# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of the members' judgements.

Before the opening it tells that something was kept, not what, whose or by whom: who has answered,
and when, is sealed as well.
"""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

KEPT_SEALED = register(
    "assessment.kept_sealed", _("En förseglad bedömning sparades för %(area)s"), quiet=True
)
SCORES_OPENED = register(
    "assessment.scores_opened", _("Ledamöternas bedömningar för %(area)s öppnades")
)
SCORE_AGREED = register("assessment.score_agreed", _("Gemensamma poäng sattes för %(area)s"))
