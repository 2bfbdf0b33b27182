# SPDX-License-Identifier: EUPL-1.2
"""The kit that the desk and the city share."""
