# SPDX-License-Identifier: EUPL-1.2
"""Feedback follows the process: each step by somebody else makes a notice in its transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from casework.feedback.services import acknowledge, notify_of_step
from casework.process.models import Step
from casework.process.signals import moved


@receiver(moved)
def on_moved(sender: Any, step: Step, **kwargs: Any) -> None:
    """A receipt when the initiative got its number, a notice at each other decision (R39)."""
    if step.transition == "register":
        case = step.process.initiative.case
        assert case is not None  # the transition's condition
        acknowledge(case)
    else:
        notify_of_step(step)
