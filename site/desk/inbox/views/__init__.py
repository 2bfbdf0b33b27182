# SPDX-License-Identifier: EUPL-1.2
"""The inbox's pages at the desk."""
