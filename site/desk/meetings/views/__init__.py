# SPDX-License-Identifier: EUPL-1.2
"""The pages of meetings and of what was decided in them."""
