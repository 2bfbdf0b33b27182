# SPDX-License-Identifier: EUPL-1.2
"""Django application: who there is: authorities, administrations, bodies, appointments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """Registers the organisation app under its short label."""

    name = "casework.organisation"
    label = "organisation"
    verbose_name = _("Organisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from casework.organisation import events  # noqa: F401
