# SPDX-License-Identifier: EUPL-1.2
"""Django application: the made-up city."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The made-up city."""

    name = "demo"
    label = "demo"
    verbose_name = _("Demostaden")
    default_auto_field = "django.db.models.BigAutoField"
