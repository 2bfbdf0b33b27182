# SPDX-License-Identifier: EUPL-1.2
"""Giving an initiative and following it."""
