# SPDX-License-Identifier: EUPL-1.2
"""Django application: the groups' lists and the proposal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskPrioritisationConfig(AppConfig):
    """The groups' lists and the proposal."""

    name = "desk.prioritisation"
    label = "desk_prioritisation"
    verbose_name = _("Gruppmöten och rangordning")
