# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of the organisation."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

APPOINTED = register("organisation.appointed", _("%(user)s utsågs till %(role)s, %(scope)s"))
APPOINTMENT_CHANGED = register(
    "organisation.appointment_changed", _("Uppdraget för %(user)s som %(role)s ändrades")
)
APPOINTMENT_ENDED = register(
    "organisation.appointment_ended", _("Uppdraget för %(user)s som %(role)s avslutades")
)
APPOINTMENT_TAKEN_BACK = register(
    "organisation.appointment_taken_back", _("Uppdraget för %(user)s som %(role)s togs tillbaka")
)
ADDED = register("organisation.added", _("%(what)s ”%(name)s” lades till"))
CHANGED = register("organisation.changed", _("%(what)s ”%(name)s” ändrades"))
PERSON_ADDED = register("organisation.person_added", _("Kontot %(username)s lades upp"))
PERSON_CHANGED = register("organisation.person_changed", _("Kontot %(username)s ändrades"))
BODY_ENDED = register("organisation.body_ended", _("%(name)s upphörde"))
SECOND_FACTOR_ADDED = register(
    "organisation.second_factor_added", _("%(username)s lade till ett andra steg för inloggningen")
)
SECOND_FACTOR_REMOVED = register(
    "organisation.second_factor_removed",
    _("%(username)s tog bort ett andra steg för inloggningen"),
)
ACCOUNT_CHANGED = register(
    "organisation.account_changed", _("Kontot %(username)s ändrades i Wagtails användarvård")
)
ACCOUNT_DELETED = register("organisation.account_deleted", _("Kontot %(username)s togs bort"))
PASSWORD_RESET = register(
    "organisation.password_reset", _("Kontot %(username)s fick ett engångslösenord")
)
PASSWORD_CHANGED = register(
    "organisation.password_changed", _("Lösenordet för kontot %(username)s byttes")
)
