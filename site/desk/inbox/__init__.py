# SPDX-License-Identifier: EUPL-1.2
"""What came in, at the desk: the list of all that waits, and the lane where mail is sorted."""
