# SPDX-License-Identifier: EUPL-1.2
"""Django application: the city's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Registers the city's pages under a short label."""

    name = "pages"
    label = "pages"
    verbose_name = _("Sidor")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from pages import events  # noqa: F401
