# SPDX-License-Identifier: EUPL-1.2
"""Django application: the bodies' meetings at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskMeetingsConfig(AppConfig):
    """The bodies' meetings."""

    name = "desk.meetings"
    label = "desk_meetings"
    verbose_name = _("Möten")
