# SPDX-License-Identifier: EUPL-1.2
"""Django application: publishing in the web diary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskPublicationConfig(AppConfig):
    """Publishing in the web diary."""

    name = "desk.publication"
    label = "desk_publication"
    verbose_name = _("Publicering")
