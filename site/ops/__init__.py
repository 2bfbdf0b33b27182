# SPDX-License-Identifier: EUPL-1.2
"""What keeps the site running."""
