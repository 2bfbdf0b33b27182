# SPDX-License-Identifier: EUPL-1.2
"""Django application: how each person wants the lists."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedListsConfig(AppConfig):
    """Registers the saved_lists app under its short label."""

    name = "casework.saved_lists"
    label = "saved_lists"
    verbose_name = _("Sparade urval")
    default_auto_field = "django.db.models.BigAutoField"
