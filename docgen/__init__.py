# SPDX-License-Identifier: EUPL-1.2
"""Documents: content models, template engine, template check, read-back and PDF."""
