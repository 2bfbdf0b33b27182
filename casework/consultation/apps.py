# SPDX-License-Identifier: EUPL-1.2
"""Django application: remiss and experts: who was asked and what they answered."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """Registers the consultation app under its short label."""

    name = "casework.consultation"
    label = "consultation"
    verbose_name = _("Remiss")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's events known to the journal, and its rows to the audit."""
        from casework.consultation import events  # noqa: F401
        from casework.consultation.audit import CASE_TABLES, expert_faults
        from casework.consultation.selectors import has_consultations, unfinished
        from casework.register.audit import register_verifier
        from casework.register.audit_rows import register_tables
        from casework.register.obstacles import register_closing_check, register_holder

        register_tables(*CASE_TABLES)
        register_verifier("experts", expert_faults)
        register_closing_check("consultation", unfinished)
        register_holder("consultation", has_consultations)
