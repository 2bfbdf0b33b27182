# SPDX-License-Identifier: EUPL-1.2
"""Django application: the contact person's work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskInitiativesConfig(AppConfig):
    """The contact person's work."""

    name = "desk.initiatives"
    label = "desk_initiatives"
    verbose_name = _("Underlag och sammanställning")
