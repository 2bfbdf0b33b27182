# SPDX-License-Identifier: EUPL-1.2
"""Django application: the stages and transitions of an initiative, and the yearly cycle."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    """Registers the process app under its short label."""

    name = "casework.process"
    label = "process"
    verbose_name = _("Process")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from casework.process import events  # noqa: F401
