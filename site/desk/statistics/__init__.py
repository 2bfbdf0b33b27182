# SPDX-License-Identifier: EUPL-1.2
"""The desk's figures: how the model works when it is counted."""
