# SPDX-License-Identifier: EUPL-1.2
"""Django application: initiatives, their forms and batches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """Registers the initiatives app under its short label."""

    name = "casework.initiatives"
    label = "initiatives"
    verbose_name = _("Initiativ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from casework.initiatives import events  # noqa: F401
