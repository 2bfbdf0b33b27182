# SPDX-License-Identifier: EUPL-1.2
"""Django application: the inbox at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskInboxConfig(AppConfig):
    """The inbox at the desk."""

    name = "desk.inbox"
    label = "desk_inbox"
    verbose_name = _("Inkorgen")
