# SPDX-License-Identifier: EUPL-1.2
"""Django application: what is new, at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskFeedbackConfig(AppConfig):
    """What a person was told, with what is new."""

    name = "desk.feedback"
    label = "desk_feedback"
    verbose_name = _("Besked")
