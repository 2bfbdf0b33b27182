# SPDX-License-Identifier: EUPL-1.2
"""Settings: `base` for all, then `dev`, `test` or `production`."""
