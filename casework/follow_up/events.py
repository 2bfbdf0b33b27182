# SPDX-License-Identifier: EUPL-1.2
"""What happens to reminders and stand-ins, as the journal knows it."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

REMINDER_SET = register("follow_up.reminder_set", _("Bevakning sattes till %(day)s för %(who)s"))
REMINDER_MOVED = register("follow_up.reminder_moved", _("Bevakningen flyttades till %(day)s"))
REMINDER_DONE = register("follow_up.reminder_done", _("Bevakningen för %(who)s är klar"))
STAND_IN_SET = register("follow_up.stand_in_set", _("%(who)s ersätts av %(by)s"))
STAND_IN_ENDED = register("follow_up.stand_in_ended", _("%(who)s ersätts inte längre av %(by)s"))
