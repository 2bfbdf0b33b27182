# SPDX-License-Identifier: EUPL-1.2
"""Django application: ordering records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityDisclosureConfig(AppConfig):
    """Ordering records, without saying who one is."""

    name = "city.disclosure"
    label = "city_disclosure"
    verbose_name = _("Beställa handlingar")
    default_auto_field = "django.db.models.BigAutoField"
