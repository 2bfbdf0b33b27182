# SPDX-License-Identifier: EUPL-1.2
"""The contact person's work."""
