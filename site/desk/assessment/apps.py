# SPDX-License-Identifier: EUPL-1.2
"""Django application: the members' judgements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskAssessmentConfig(AppConfig):
    """The members' judgements."""

    name = "desk.assessment"
    label = "desk_assessment"
    verbose_name = _("Ledamöternas bedömningar")
