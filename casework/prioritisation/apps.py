# SPDX-License-Identifier: EUPL-1.2
"""Django application: the ordered lists of each round, and what the city council decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritisationConfig(AppConfig):
    """Registers the prioritisation app under its short label."""

    name = "casework.prioritisation"
    label = "prioritisation"
    verbose_name = _("Prioritering")

    def ready(self) -> None:
        """Let the room's events be known."""
        from casework.prioritisation import events  # noqa: F401
