# SPDX-License-Identifier: EUPL-1.2
"""The audit of numbers: that every number is there, and that the chain holds."""
