# SPDX-License-Identifier: EUPL-1.2
"""Django application: that nothing which somebody has is forgotten."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowUpConfig(AppConfig):
    """Registers the follow_up app under its short label."""

    name = "casework.follow_up"
    label = "follow_up"
    verbose_name = _("Bevakning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's events known to the journal, its rows to the audit, and listen."""
        from casework.follow_up import events, receivers  # noqa: F401
        from casework.follow_up.audit import CASE_TABLES, stand_in_faults
        from casework.follow_up.selectors import open_reminders
        from casework.register.audit import register_verifier
        from casework.register.audit_rows import register_tables
        from casework.register.obstacles import register_closing_check

        register_tables(*CASE_TABLES)
        register_verifier("stand_ins", stand_in_faults)
        register_closing_check("reminders", open_reminders)
