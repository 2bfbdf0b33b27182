# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of disclosure, in words. Of who asked it knows nothing (TF 2:18)."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

REQUESTED = register("disclosure.requested", _("En handling begärdes ut"))
WITHDRAWN = register(
    "disclosure.withdrawn", _("En begäran om utlämnande lades tillbaka i inkorgen")
)
LISTED = register("disclosure.listed", _("Handlingar fördes till en begäran om utlämnande"))
UNLISTED = register("disclosure.unlisted", _("En handling togs bort ur en begäran om utlämnande"))
ASKED = register("disclosure.asked", _("Handläggaren ombads pröva ett utlämnande"))
REVIEWED = register("disclosure.reviewed", _("Ett utlämnande prövades: %(what)s"))
ANSWERED = register("disclosure.answered", _("En begäran om utlämnande besvarades"))
RECORD_ANSWERED = register(
    "disclosure.record_answered", _("Handlingen %(dnr)s prövades för utlämnande")
)
DECISION_WANTED = register(
    "disclosure.decision_wanted", _("Ett skriftligt beslut om utlämnande begärdes")
)
DECIDED = register("disclosure.decided", _("Beslutet om utlämnande står i %(number)s"))
