# SPDX-License-Identifier: EUPL-1.2
"""Measured figures, each against a stated peer or limit; each module is a command."""
