# SPDX-License-Identifier: EUPL-1.2
"""Django application: reports and their Word files at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskDocumentsConfig(AppConfig):
    """Reports and their Word files at the desk."""

    name = "desk.documents"
    label = "desk_documents"
    verbose_name = _("Tjänsteutlåtanden")
