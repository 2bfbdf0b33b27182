# SPDX-License-Identifier: EUPL-1.2
"""Django application: the desk's search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskSearchConfig(AppConfig):
    """The desk's search."""

    name = "desk.search"
    label = "desk_search"
    verbose_name = _("Sök")
