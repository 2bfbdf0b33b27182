# SPDX-License-Identifier: EUPL-1.2
"""Django application: what is carried out, at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskProgressConfig(AppConfig):
    """What is carried out, how it goes, and the programme of e-services."""

    name = "desk.progress"
    label = "desk_progress"
    verbose_name = _("Genomförande")

    def ready(self) -> None:
        """Let the case's page show how it goes."""
        from desk.progress import panels  # noqa: F401
