# SPDX-License-Identifier: EUPL-1.2
"""Formats that differ from those that Django ships."""
