# SPDX-License-Identifier: EUPL-1.2
"""Publishing stands among what a registrar does with a case; it has a page of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.register import permissions
from ui.case_actions import CaseAction, EmptyForm, nothing, register_case_action

register_case_action(
    "publicera",
    CaseAction(
        _("Visa i webbdiariet"),
        EmptyForm,
        nothing,
        permissions.may_publish,
        order=30,
        offered=lambda case, file: not case.is_secret and not case.is_published,
        page="desk_publish",
    ),
)
register_case_action(
    "webbdiariet",
    CaseAction(
        _("Ändra vad webbdiariet visar"),
        EmptyForm,
        nothing,
        permissions.may_publish,
        order=35,
        offered=lambda case, file: case.is_published,
        page="desk_publish",
    ),
)
