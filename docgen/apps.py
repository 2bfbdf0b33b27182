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
        """Make the events known to the journal, and rows and files to the audit."""
        from casework.register.audit import register_verifier
        from casework.register.audit_rows import register_tables
        from casework.register.obstacles import register_closing_check, register_holder
        from docgen import events  # noqa: F401
        from docgen.audit import CASE_TABLES, document_faults, template_faults
        from docgen.selectors import has_reports, unfinished

        register_tables(*CASE_TABLES)
        register_verifier("templates", template_faults)
        register_verifier("documents", document_faults)
        register_closing_check("reports", unfinished)
        register_holder("reports", has_reports)
