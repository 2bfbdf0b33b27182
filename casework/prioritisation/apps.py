# SPDX-License-Identifier: EUPL-1.2
"""Django application: the ordered lists of each round, and what the city council decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritisationConfig(AppConfig):
    """Registers the prioritisation app under its short label."""

    name = "casework.prioritisation"
    label = "prioritisation"
    verbose_name = _("Prioritering")

    def ready(self) -> None:
        """Let the room's events be known, and its rows be audited."""
        from casework.prioritisation import events  # noqa: F401
        from casework.prioritisation.audit import funding_faults, list_faults
        from casework.register.audit import register_verifier

        register_verifier("lists", list_faults)
        register_verifier("fundings", funding_faults)
