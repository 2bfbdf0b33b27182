# SPDX-License-Identifier: EUPL-1.2
"""The city's own pages: what the public reads and what the originator fills in."""
