# SPDX-License-Identifier: EUPL-1.2
"""How meetings tell the rooms above what happened; sent inside the service's transaction."""

from django.dispatch import Signal

corrected = Signal()
"""Arguments: ``sender`` Decision, ``decisions`` of the act as they now are, ``field``, ``before``,
``actor``, ``reason``. A receiver that raises ValidationError refuses the correction."""

called = Signal()
"""Arguments: ``sender`` Meeting, ``meeting``, and ``people`` who are called, to be written to."""

cancelled = Signal()
"""Arguments: as those of :data:`called`; sent where a calling was."""
