# SPDX-License-Identifier: EUPL-1.2
"""The originator's pages: give an initiative, and follow it."""
