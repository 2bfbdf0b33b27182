# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the inbox: numbers and codes, never what a mail says."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

RECEIVED = register("inbox.received", _("En post kom in"), quiet=True)
FILED = register("inbox.filed", _("Posten registrerades som %(dnr)s"))
ORDERED = register("inbox.ordered", _("Posten blev en begäran om utlämnande"))
FORWARDED = register("inbox.forwarded", _("Posten skickades vidare"))
SET_ASIDE = register("inbox.set_aside", _("Posten lades åt sidan"))
UNDONE = register("inbox.undone", _("Posten lades tillbaka i inkorgen"))
DISPOSED = register("inbox.disposed", _("Posten gallrades enligt %(decision)s"))
ERASED = register("inbox.erased", _("Text och filer togs bort med handlingen, som gallrades"))
