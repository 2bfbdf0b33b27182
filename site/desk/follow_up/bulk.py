# SPDX-License-Identifier: EUPL-1.2
"""A reminder in many cases of the list at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.follow_up.models import Reminder
from casework.follow_up.services import complete_reminder, set_reminder
from casework.register.models import Case
from casework.register.selectors import own_authorities
from casework.register.services.together import Did, mark_of
from desk.follow_up.forms import RemindForm
from ui.bulk import CaseBulkAction


class Remind(CaseBulkAction):
    """Set one in each."""

    display_name = _("Bevaka")
    action_type = "bevaka"
    aria_label = _("Sätt en bevakning i de valda ärendena")
    action_priority = 20
    form_class = RemindForm
    can_undo = _("Kan ångras i ett dygn.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers those whom the person can choose."""
        own = sorted(own_authorities(self.user))
        return super().get_form_kwargs() | {"user": self.user, "authorities": own}

    def service(self, form: Any) -> Callable[[Case], object]:
        """The room's own."""
        data = form.cleaned_data
        return lambda case: set_reminder(case=case, actor=self.user, **data)

    def is_as_done(self, case: Case, row: Did) -> bool:
        """Neither moved nor done since."""
        reminder = Reminder.objects.filter(pk=row.made or 0).first()
        return reminder is not None and mark_of(reminder) == row.mark

    def undo(self, case: Case, row: Did) -> None:
        """It ends without anything having been done."""
        reminder = Reminder.objects.select_related("case__entry__series").get(pk=row.made or 0)
        complete_reminder(
            reminder=reminder,
            reason=str(_("Ångrat för flera ärenden på en gång.")),
            actor=self.user,
        )
