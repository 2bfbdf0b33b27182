# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a case at its end and after: big closings, retention, disposal by decision."""
