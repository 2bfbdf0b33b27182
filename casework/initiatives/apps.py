# SPDX-License-Identifier: EUPL-1.2
"""Django application: initiatives, their forms and batches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """Registers the initiatives app under its short label."""

    name = "casework.initiatives"
    label = "initiatives"
    verbose_name = _("Initiativ")

    def ready(self) -> None:
        """Make the room's events known to the journal, and its rows to the audit."""
        from casework.initiatives import events, receivers  # noqa: F401
        from casework.initiatives.audit import answer_faults, projection_faults
        from casework.register.audit import register_verifier

        register_verifier("answers", answer_faults)
        register_verifier("projections", projection_faults)
