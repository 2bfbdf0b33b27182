# SPDX-License-Identifier: EUPL-1.2
"""The city's own data."""
