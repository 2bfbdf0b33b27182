# SPDX-License-Identifier: EUPL-1.2
"""Django application: closing in the background, retention and disposal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """Registers the archive app under its short label."""

    name = "casework.archive"
    label = "archive"
    verbose_name = _("Arkiv")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make events and rows known to the journal and its audit."""
        from casework.archive import events  # noqa: F401
        from casework.archive.audit import decision_faults
        from casework.register.audit import register_verifier

        register_verifier("disposal", decision_faults)
