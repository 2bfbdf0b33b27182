# SPDX-License-Identifier: EUPL-1.2
"""Django application: decisions and what waits."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskProcessConfig(AppConfig):
    """Decisions and what waits."""

    name = "desk.process"
    label = "desk_process"
    verbose_name = _("Beslut och att göra")
