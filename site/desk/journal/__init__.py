# SPDX-License-Identifier: EUPL-1.2
"""The journal in words."""
