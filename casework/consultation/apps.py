# SPDX-License-Identifier: EUPL-1.2
"""Django application: remiss: who was asked and what they answered."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """Registers the consultation app under its short label."""

    name = "casework.consultation"
    label = "consultation"
    verbose_name = _("Remiss")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from casework.consultation import events  # noqa: F401
