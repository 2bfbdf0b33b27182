# SPDX-License-Identifier: EUPL-1.2
"""Django application: the register at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskRegisterConfig(AppConfig):
    """The register at the desk."""

    name = "desk.register"
    label = "desk_register"
    verbose_name = _("Diariet")
