# SPDX-License-Identifier: EUPL-1.2
"""Django application: the accessibility statement and fault reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityFeedbackConfig(AppConfig):
    """The accessibility statement and fault reports."""

    name = "city.feedback"
    label = "city_feedback"
    verbose_name = _("Tillgänglighet")
    default_auto_field = "django.db.models.BigAutoField"
