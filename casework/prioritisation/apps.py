# SPDX-License-Identifier: EUPL-1.2
"""Django application: rankings of the areas and the city-wide proposal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritisationConfig(AppConfig):
    """Registers the prioritisation app under its short label."""

    name = "casework.prioritisation"
    label = "prioritisation"
    verbose_name = _("Prioritering")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from casework.prioritisation import events  # noqa: F401
