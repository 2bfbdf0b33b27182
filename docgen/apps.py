# SPDX-License-Identifier: EUPL-1.2
"""Django application: reports and the Word files made of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocgenConfig(AppConfig):
    """Registers the document app."""

    name = "docgen"
    label = "docgen"
    verbose_name = _("Dokument")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events."""
        from docgen import events  # noqa: F401
