# SPDX-License-Identifier: EUPL-1.2
"""Django application: the journal in words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskJournalConfig(AppConfig):
    """The journal in words."""

    name = "desk.journal"
    label = "desk_journal"
    verbose_name = _("Händelser")
