# SPDX-License-Identifier: EUPL-1.2
"""Django application: the diary: number series, cases, records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    """Registers the register app under its short label."""

    name = "casework.register"
    label = "register"
    verbose_name = _("Diarium")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the events, and what is audited of the rooms below."""
        from casework.organisation.audit import appointment_faults
        from casework.register import events  # noqa: F401
        from casework.register.audit import register_verifier
        from casework.register.audit_rows import audit_faults

        register_verifier("number audits", audit_faults)
        register_verifier("appointments", appointment_faults)
