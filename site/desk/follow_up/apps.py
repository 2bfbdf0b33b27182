# SPDX-License-Identifier: EUPL-1.2
"""Django application: reminders, new records and stand-ins at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskFollowUpConfig(AppConfig):
    """Reminders, new records and stand-ins at the desk."""

    name = "desk.follow_up"
    label = "desk_follow_up"
    verbose_name = _("Bevakning")
