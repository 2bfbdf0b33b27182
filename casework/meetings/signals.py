# SPDX-License-Identifier: EUPL-1.2
"""How meetings tell the rooms above that a decision was corrected; sent inside its transaction."""

from django.dispatch import Signal

corrected = Signal()
"""Arguments: ``sender`` Decision, ``decisions`` of the act as they now are, ``field``, ``before``,
``actor``, ``reason``. A receiver that raises ValidationError refuses the correction."""
