# SPDX-License-Identifier: EUPL-1.2
"""How the process tells the rooms above it that a step was taken; sent inside its transaction."""

from django.dispatch import Signal

moved = Signal()
"""Arguments: ``sender`` Process, ``step`` the new :class:`casework.process.models.Step`."""
