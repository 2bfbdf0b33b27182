# SPDX-License-Identifier: EUPL-1.2
"""Django application: expediering at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskDispatchConfig(AppConfig):
    """Expediering at the desk."""

    name = "desk.dispatch"
    label = "desk_dispatch"
    verbose_name = _("Expediering")
