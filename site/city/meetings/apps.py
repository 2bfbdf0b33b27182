# SPDX-License-Identifier: EUPL-1.2
"""Django application: the notice board of approved minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityMeetingsConfig(AppConfig):
    """The notice board of approved minutes."""

    name = "city.meetings"
    label = "city_meetings"
    verbose_name = _("Anslagstavla")
    default_auto_field = "django.db.models.BigAutoField"
