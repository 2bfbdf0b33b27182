# SPDX-License-Identifier: EUPL-1.2
"""Django application: the audit of numbers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskNumbersConfig(AppConfig):
    """The audit of numbers."""

    name = "desk.numbers"
    label = "desk_numbers"
    verbose_name = _("Nummer")
