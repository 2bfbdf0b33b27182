# SPDX-License-Identifier: EUPL-1.2
"""How a spec is hung on a transition of django-fsm."""

from __future__ import annotations

from casework.process.specs import Custom, TransitionSpec

CARRIED: Custom = {"spec": None}
"""For transitions that nobody takes by themselves: they follow from the other machine's."""


def given(spec: TransitionSpec) -> Custom:
    """What ``@transition(custom=…)`` wants."""
    return {"spec": spec}
