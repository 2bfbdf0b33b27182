# SPDX-License-Identifier: EUPL-1.2
"""Consultations at the desk."""
