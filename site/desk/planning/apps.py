# SPDX-License-Identifier: EUPL-1.2
"""Django application: budget years and rounds at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskPlanningConfig(AppConfig):
    """Budget years and rounds."""

    name = "desk.planning"
    label = "desk_planning"
    verbose_name = _("Omgångar")
