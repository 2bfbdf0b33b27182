# SPDX-License-Identifier: EUPL-1.2
"""Django application: logging in and out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityAccountConfig(AppConfig):
    """Logging in and out."""

    name = "city.account"
    label = "city_account"
    verbose_name = _("Inloggning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear what the sign-in library tells."""
        from city.account import receivers  # noqa: F401
