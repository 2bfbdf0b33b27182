# SPDX-License-Identifier: EUPL-1.2
"""The register at the desk."""
