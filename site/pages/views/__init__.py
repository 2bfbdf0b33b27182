# SPDX-License-Identifier: EUPL-1.2
"""Views of the city's pages, one module per subject."""
