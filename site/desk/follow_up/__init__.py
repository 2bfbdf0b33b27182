# SPDX-License-Identifier: EUPL-1.2
"""Reminders, new records and stand-ins at the desk."""
