# SPDX-License-Identifier: EUPL-1.2
"""Judging alone, reading it together, and how sure the order is."""
