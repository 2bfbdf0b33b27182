# SPDX-License-Identifier: EUPL-1.2
"""Django application: the append-only, hash-chained event log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Registers the journal app under its short label."""

    name = "casework.journal"
    label = "journal"
    verbose_name = _("Journal")
    default_auto_field = "django.db.models.BigAutoField"
