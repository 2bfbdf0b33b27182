# SPDX-License-Identifier: EUPL-1.2
"""Django application: what keeps the site running."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpsConfig(AppConfig):
    """What keeps the site running."""

    name = "ops"
    label = "ops"
    verbose_name = _("Drift")

    def ready(self) -> None:
        """Let the room's events be known."""
        from ops import events  # noqa: F401
