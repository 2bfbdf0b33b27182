# SPDX-License-Identifier: EUPL-1.2
"""Django application: the public search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitySearchConfig(AppConfig):
    """The public search."""

    name = "city.search"
    label = "city_search"
    verbose_name = _("Sök")
    default_auto_field = "django.db.models.BigAutoField"
