# SPDX-License-Identifier: EUPL-1.2
"""Django application: search over cases and earlier decisions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the search app and listens to the diary."""

    name = "search"
    label = "search"
    verbose_name = _("Sök")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers that fill the outbox."""
        from search import receivers  # noqa: F401
