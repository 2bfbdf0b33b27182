# SPDX-License-Identifier: EUPL-1.2
"""What the archive tells the rooms above."""

from django.dispatch import Signal

#: A record is disposed of: ``record``. Sent in the same transaction; who keeps anything else that
#: came with it takes that away.
disposed = Signal()
