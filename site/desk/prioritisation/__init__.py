# SPDX-License-Identifier: EUPL-1.2
"""The groups' lists and the proposal."""
