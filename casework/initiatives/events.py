# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of initiatives and forms."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

SAVED = register("initiatives.saved", _("Svaren sparades"), quiet=True)
FROZEN = register("initiatives.frozen", _("Svaren bevarades som de stod"), quiet=True)
SCOPE_NOTED = register("initiatives.scope_noted", _("Omfattningen bedömdes"), quiet=True)
BATCH_SENT = register("initiatives.batch_sent", _("En sammanställning skickades"))
FOLLOWED = register("initiatives.followed", _("%(user)s följer initiativet"))
UNFOLLOWED = register("initiatives.unfollowed", _("%(user)s följer inte längre initiativet"))
FORM_SAVED = register("initiatives.form_saved", _("Formuläret %(form)s sparades"))
FORM_TAKEN_INTO_USE = register(
    "initiatives.form_taken_into_use", _("Formuläret %(form)s togs i bruk")
)
GOAL_KEPT = register("initiatives.goal_kept", _("Målet %(goal)s sparades"))
FILE_ADDED = register("initiatives.file_added", _("Filen %(file)s bifogades"))
FILE_REMOVED = register("initiatives.file_removed", _("Filen %(file)s togs bort"))
DISCARDED = register("initiatives.discarded", _("Utkastet slängdes"))
JOINED = register("initiatives.joined", _("Initiativet fortsätter i ”%(title)s”"))
