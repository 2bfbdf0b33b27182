# SPDX-License-Identifier: EUPL-1.2
"""Django application: requests to see a record, and what was handed out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """Registers the disclosure app under its short label."""

    name = "casework.disclosure"
    label = "disclosure"
    verbose_name = _("Utlämnande")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events and the audit."""
        from casework.disclosure import events  # noqa: F401
        from casework.disclosure.audit import disclosure_faults
        from casework.register.audit import register_verifier

        register_verifier("disclosures", disclosure_faults)
