# SPDX-License-Identifier: EUPL-1.2
"""Search engines behind one protocol; see :mod:`search.backends.base`."""
