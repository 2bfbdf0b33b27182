# SPDX-License-Identifier: EUPL-1.2
"""Reports and their Word files at the desk."""
