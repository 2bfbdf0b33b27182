# SPDX-License-Identifier: EUPL-1.2
"""Django application: notices to those who had the idea."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Registers the feedback app under its short label."""

    name = "casework.feedback"
    label = "feedback"
    verbose_name = _("Återkoppling")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        from casework.feedback import receivers  # noqa: F401
