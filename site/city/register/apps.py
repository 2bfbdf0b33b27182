# SPDX-License-Identifier: EUPL-1.2
"""Django application: the public diary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityRegisterConfig(AppConfig):
    """The public diary."""

    name = "city.register"
    label = "city_register"
    verbose_name = _("Webbdiariet")
    default_auto_field = "django.db.models.BigAutoField"
