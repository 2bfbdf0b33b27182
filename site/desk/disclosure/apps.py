# SPDX-License-Identifier: EUPL-1.2
"""Django application: the desk's orders of records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskDisclosureConfig(AppConfig):
    """Orders of records."""

    name = "desk.disclosure"
    label = "desk_disclosure"
    verbose_name = _("Utlämnande")
