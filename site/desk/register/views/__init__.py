# SPDX-License-Identifier: EUPL-1.2
"""The register's pages at the desk."""
