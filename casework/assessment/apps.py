# SPDX-License-Identifier: EUPL-1.2
"""Django application: the members' own judgements, sealed until the chair opens them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """Registers the assessment app under its short label."""

    name = "casework.assessment"
    label = "assessment"
    verbose_name = _("Bedömning")

    def ready(self) -> None:
        """Let the room's events be known, and its rows be audited."""
        from casework.assessment import events  # noqa: F401
        from casework.assessment.audit import assessment_faults
        from casework.register.audit import register_verifier

        register_verifier("assessments", assessment_faults)
