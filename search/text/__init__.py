# SPDX-License-Identifier: EUPL-1.2
"""Swedish text analysis, done once in Python for every search engine."""
