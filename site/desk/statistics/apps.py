# SPDX-License-Identifier: EUPL-1.2
"""Django application: the desk's figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskStatisticsConfig(AppConfig):
    """How the model works when it is counted."""

    name = "desk.statistics"
    label = "desk_statistics"
    verbose_name = _("Statistik")
