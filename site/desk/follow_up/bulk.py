# SPDX-License-Identifier: EUPL-1.2
"""A reminder in many cases of the list at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.follow_up.services import set_reminder
from casework.register.models import Case
from casework.register.selectors import own_authorities
from desk.follow_up.forms import RemindForm
from ui.bulk import CaseBulkAction


class Remind(CaseBulkAction):
    """Set one in each."""

    display_name = _("Bevaka")
    action_type = "bevaka"
    aria_label = _("Sätt en bevakning i de valda ärendena")
    action_priority = 20
    form_class = RemindForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers those whom the person can choose."""
        own = sorted(own_authorities(self.user))
        return super().get_form_kwargs() | {"user": self.user, "authorities": own}

    def service(self, form: Any) -> Callable[[Case], object]:
        """The room's own."""
        data = form.cleaned_data
        return lambda case: set_reminder(case=case, actor=self.user, **data)
