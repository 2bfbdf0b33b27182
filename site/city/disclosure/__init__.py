# SPDX-License-Identifier: EUPL-1.2
"""Ordering records, and the receipts."""
