# SPDX-License-Identifier: EUPL-1.2
"""What came in and is not registered yet: mails, scans, letters."""
