# SPDX-License-Identifier: EUPL-1.2
"""Decisions and what waits."""
