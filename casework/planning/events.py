# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of the planning calendar."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

CYCLE_OPENED = register("planning.cycle_opened", _("Budgetåret %(budget_year)s lades upp"))
ROUND_CHANGED = register("planning.round_changed", _("Omgången %(round)s ändrades"))
ROUND_OPENED = register("planning.round_opened", _("Omgången %(round)s öppnades"))
ROUND_CLOSED = register("planning.round_closed", _("Omgången %(round)s stängdes"))
AREA_ADDED = register("planning.area_added", _("%(area)s togs med i omgången %(round)s"))
AREA_CHANGED = register("planning.area_changed", _("%(area)s ändrades i omgången %(round)s"))
MERGE_RULE_SET = register(
    "planning.merge_rule_set", _("Regeln för sammanvägning i %(round)s ändrades")
)
FRAME_SET = register("planning.frame_set", _("Ramen för %(round)s ändrades"))
CRITERIA_SAVED = register("planning.criteria_saved", _("Kriterierna %(version)s sparades"))
CRITERIA_TAKEN_INTO_USE = register(
    "planning.criteria_taken_into_use", _("Kriterierna %(version)s togs i bruk")
)
