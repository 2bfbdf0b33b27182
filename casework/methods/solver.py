# SPDX-License-Identifier: EUPL-1.2
"""HiGHS as the methods use it: silent, one thread, the same answer for the same question.

The library is loaded at the first use: most processes never ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy

TOLERANCE = 1e-6
"""How far from a whole number a solved variable may be and still be meant as one."""


class Unsolved(RuntimeError):
    """The solver gave no answer: the model is wrong, or a limit was too tight."""


def quiet_model() -> highspy.Highs:
    """An empty model with what makes its answer repeatable: one thread, a fixed seed, no clock."""
    import highspy

    class Quiet(highspy.Highs):
        """Says nothing: the library prints its name when the first model is made."""

        def enableCallbacks(self) -> None:
            self.silent()
            super().enableCallbacks()

    model = Quiet()
    for option, value in (
        ("log_to_console", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
    ):
        model.setOptionValue(option, value)
    return model


def version() -> str:
    """The solver's version, kept beside what it answered."""
    return str(quiet_model().version())
