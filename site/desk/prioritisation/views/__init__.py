# SPDX-License-Identifier: EUPL-1.2
"""The group's and the executive office's pages."""
