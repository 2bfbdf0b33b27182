# SPDX-License-Identifier: EUPL-1.2
"""Django application: what came in and waits to be registered."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    """Registers the inbox app under its short label."""

    name = "casework.inbox"
    label = "inbox"
    verbose_name = _("Inkorg")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's events known to the journal, and its rows to the audit."""
        from casework.inbox import events, receivers  # noqa: F401
        from casework.inbox.audit import inbox_faults
        from casework.register.audit import register_verifier

        register_verifier("inbox", inbox_faults)
