# SPDX-License-Identifier: EUPL-1.2
"""Django application: expediering."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    """Registers the dispatch app under its short label."""

    name = "casework.dispatch"
    label = "dispatch"
    verbose_name = _("Expediering")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make events, rows and what is missing at a case's end known."""
        from casework.dispatch import events  # noqa: F401
        from casework.dispatch.audit import CASE_TABLES
        from casework.dispatch.selectors import unexpedited
        from casework.register.audit_rows import register_tables
        from casework.register.obstacles import register_closing_check

        register_tables(*CASE_TABLES)
        register_closing_check("dispatch", unexpedited)
