# SPDX-License-Identifier: EUPL-1.2
"""Django application: the office's lists."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskListsConfig(AppConfig):
    """The office's lists."""

    name = "desk.lists"
    label = "desk_lists"
    verbose_name = _("Listor")
