# SPDX-License-Identifier: EUPL-1.2
"""The accessibility statement and fault reports."""
