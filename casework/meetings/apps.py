# SPDX-License-Identifier: EUPL-1.2
"""Django application: meetings of bodies, their decisions and dissent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Registers the meetings app under its short label."""

    name = "casework.meetings"
    label = "meetings"
    verbose_name = _("Möten")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's events known to the journal, and its rows to the register's audit."""
        from casework.meetings import events  # noqa: F401
        from casework.meetings.audit import CASE_TABLES, meeting_faults
        from casework.register.audit import register_verifier
        from casework.register.audit_rows import register_tables

        register_tables(*CASE_TABLES)
        register_verifier("meetings", meeting_faults)
