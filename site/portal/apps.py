# SPDX-License-Identifier: EUPL-1.2
"""Django application: the project itself, for its templates and static files."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the project under its own name."""

    name = "portal"
    verbose_name = "Portal"
