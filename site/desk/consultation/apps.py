# SPDX-License-Identifier: EUPL-1.2
"""Django application: consultations at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConsultationConfig(AppConfig):
    """Consultations at the desk."""

    name = "desk.consultation"
    label = "desk_consultation"
    verbose_name = _("Remiss")
