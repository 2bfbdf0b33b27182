# SPDX-License-Identifier: EUPL-1.2
"""Expediering: who got which record, when, how, and that they have it."""
