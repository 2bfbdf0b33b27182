# SPDX-License-Identifier: EUPL-1.2
"""Django application: budget years, their rounds, frames and criteria."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Registers the planning app under its short label."""

    name = "casework.planning"
    label = "planning"
    verbose_name = _("Planering")

    def ready(self) -> None:
        """Let the room's events be known."""
        from casework.planning import events  # noqa: F401
