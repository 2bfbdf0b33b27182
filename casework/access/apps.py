# SPDX-License-Identifier: EUPL-1.2
"""Django application: who may see what: one rule, two compilers, two faces."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Registers the access app under its short label."""

    name = "casework.access"
    label = "access"
    verbose_name = _("Behörighet")
    default_auto_field = "django.db.models.BigAutoField"
