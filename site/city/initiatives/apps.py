# SPDX-License-Identifier: EUPL-1.2
"""Django application: giving an initiative and following it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityInitiativesConfig(AppConfig):
    """Giving an initiative and following it."""

    name = "city.initiatives"
    label = "city_initiatives"
    verbose_name = _("Mina initiativ")
    default_auto_field = "django.db.models.BigAutoField"
