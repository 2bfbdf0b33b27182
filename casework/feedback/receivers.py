# SPDX-License-Identifier: EUPL-1.2
"""Feedback follows the process: each step makes its notices in the step's transaction."""

from __future__ import annotations

from django.dispatch import receiver

from casework.feedback.services import (
    acknowledge,
    call_off_meeting,
    call_to_meeting,
    notify_of_assignment,
    notify_of_merger,
    notify_of_step,
)
from casework.meetings.models import Meeting
from casework.meetings.signals import called, cancelled
from casework.organisation.models import User
from casework.process.models import Process, Step
from casework.process.signals import moved
from casework.register.models import Case
from casework.register.signals import assigned, merged


@receiver(moved)
def on_moved(sender: type[Process], step: Step, **kwargs: object) -> None:
    """A receipt when the initiative got its number, a notice at each other decision (R39)."""
    if step.transition == "register":
        case = step.initiative.case
        assert case is not None  # the transition's condition
        acknowledge(case=case)
    else:
        notify_of_step(step=step)


@receiver(called)
def on_called(
    sender: type[Meeting], meeting: Meeting, people: list[User], **kwargs: object
) -> None:
    """The calling to a meeting."""
    call_to_meeting(meeting=meeting, people=people)


@receiver(cancelled)
def on_cancelled(
    sender: type[Meeting], meeting: Meeting, people: list[User], **kwargs: object
) -> None:
    """Who was called to a meeting that will not be is told."""
    call_off_meeting(meeting=meeting, people=people)


@receiver(assigned)
def on_assigned(sender: type[Case], case: Case, actor: User | None, **kwargs: object) -> None:
    """Who was given a case is told."""
    notify_of_assignment(case=case, actor=actor)


@receiver(merged)
def on_merged(
    sender: type[Case], case: Case, into: Case, actor: User | None, **kwargs: object
) -> None:
    """Who followed a merged initiative is told where it goes on."""
    notify_of_merger(case=case, into=into, actor=actor)
