# SPDX-License-Identifier: EUPL-1.2
"""The office's lists: post, balance, what came in for a meeting, and the year in figures."""
