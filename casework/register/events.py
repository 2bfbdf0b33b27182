# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of the register, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

CASE_REGISTERED = register("register.case_registered", _("Ärendet registrerades"))
RECORD_REGISTERED = register("register.record_registered", _("Handlingen %(dnr)s registrerades"))
NUMBER_ADDED = register("register.number_added", _("Diarienumret %(number)s lades till"))
FILE_ATTACHED = register(
    "register.file_attached", _("Filen %(file)s lades till i handlingen %(dnr)s")
)
CORRECTED = register("register.corrected", _("En uppgift rättades"))
VOIDED = register("register.voided", _("Handlingen %(dnr)s makulerades"))
CASE_VOIDED = register("register.case_voided", _("Ärendet makulerades"))
MERGED = register("register.merged", _("Ärendet fördes samman med %(into_number)s"))
MERGED_HERE = register("register.merged_here", _("Ärendet %(number)s fördes hit"))
PUBLISHED = register("register.published", _("Ärendet visas i webbdiariet"))
UNPUBLISHED = register("register.unpublished", _("Ärendet togs bort från webbdiariet"))
PUBLICATION_ENDED = register("register.publication_ended", _("Ärendets tid i webbdiariet tog slut"))
RECORD_PUBLISHED = register(
    "register.record_published", _("Handlingen %(dnr)s visas i webbdiariet")
)
FILES_PUBLISHED = register(
    "register.files_published",
    _("Filer i handlingen %(dnr)s kan läsas i webbdiariet: %(files)s"),
)
FILES_UNPUBLISHED = register(
    "register.files_unpublished",
    _("Filer i handlingen %(dnr)s kan inte längre läsas i webbdiariet"),
)
RECORD_UNPUBLISHED = register(
    "register.record_unpublished", _("Handlingen %(dnr)s togs bort från webbdiariet")
)
MARKED_SECRET = register("register.marked_secret", _("Ärendet sekretessmarkerades"))
RECORD_MARKED_SECRET = register(
    "register.record_marked_secret", _("Handlingen %(dnr)s sekretessmarkerades")
)
RECORD_SECRECY_LIFTED = register(
    "register.record_secrecy_lifted", _("Sekretessmarkeringen av handlingen %(dnr)s togs bort")
)
SECRECY_LIFTED = register("register.secrecy_lifted", _("Sekretessmarkeringen togs bort"))
OFFICER_ASSIGNED = register("register.officer_assigned", _("Handläggare är nu %(name)s"))
ASSIGNMENT_TAKEN_BACK = register(
    "register.assignment_taken_back", _("Ärendet ligger åter hos %(name)s")
)
ASSIGNMENT_ENDED = register(
    "register.assignment_ended", _("Ärendet har ingen handläggare och ingen enhet")
)
UNIT_ASSIGNED = register("register.unit_assigned", _("Ärendet ligger hos %(name)s"))
DUE_SET = register("register.due_set", _("Dagen för svar ändrades"))
TERM_KEPT = register("register.term_kept", _("%(what)s ”%(name)s” sparades"))
TERM_REMOVED = register("register.term_removed", _("%(what)s togs bort"))
ACCESS_GRANTED = register("register.access_granted", _("%(to)s fick särskild behörighet"))
LINKED = register("register.linked", _("Ärendet kopplades till %(number)s"))
CLOSED = register("register.closed", _("Ärendet avslutades"))
RECORD_ARCHIVED = register("register.record_archived", _("Handlingen %(dnr)s arkiverades"))
RECORD_UNARCHIVED = register(
    "register.record_unarchived", _("Handlingen %(dnr)s är inte längre arkiverad")
)
RETENTION_SET = register("register.retention_set", _("Bevarandet av handlingen %(dnr)s ändrades"))
RECORD_DISPOSED = register("register.record_disposed", _("Handlingen %(dnr)s gallrades"))
RECORD_MOVED = register(
    "register.record_moved", _("Handlingen %(dnr)s flyttades till %(into_number)s")
)
RECORD_COPIED = register(
    "register.record_copied", _("Handlingen %(dnr)s är en kopia av %(number)s")
)
REOPENED = register("register.reopened", _("Ärendet öppnades igen"))
HISTORY_NOTED = register("register.history_noted", _("Ärendets historia fördes in"))
FOLLOWERS_SET = register("register.followers_set", _("De som följer ärendet ändrades"))
GRANT_ENDED = register("register.grant_ended", _("En särskild behörighet upphörde"))
OUTCOME_SET = register("register.outcome_set", _("Utfallet antecknades"), quiet=True)
SCOPE_SET = register("register.scope_set", _("Område och förvaltningar ändrades"), quiet=True)
NUMBERS_AUDITED = register(
    "register.numbers_audited", _("Nummer och kedja i %(series)s granskades")
)
PUBLIC_EVENT = register("register.public_event", _("En offentlig händelse antecknades"), quiet=True)
PUBLIC_EVENT_MOVED = register(
    "register.public_event_moved", _("En offentlig händelse fick rätt dag"), quiet=True
)
