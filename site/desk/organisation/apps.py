# SPDX-License-Identifier: EUPL-1.2
"""Django application: the city's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskOrganisationConfig(AppConfig):
    """The city's own data."""

    name = "desk.organisation"
    label = "desk_organisation"
    verbose_name = _("Organisation")
