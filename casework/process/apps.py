# SPDX-License-Identifier: EUPL-1.2
"""Django application: the life of an initiative, and its candidacy in each round."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    """Registers the process app under its short label."""

    name = "casework.process"
    label = "process"
    verbose_name = _("Process")

    def ready(self) -> None:
        """Let the room's events and what it knows of a case be known."""
        from casework.process import events, receivers  # noqa: F401
        from casework.process.audit import state_faults, step_faults
        from casework.process.obstacles import stands_in_a_round
        from casework.register.audit import register_verifier
        from casework.register.obstacles import register_obstacle

        register_verifier("process", step_faults)
        register_verifier("stages", state_faults)
        register_obstacle("process.round", stands_in_a_round)
