# SPDX-License-Identifier: EUPL-1.2
"""The made-up city that shows everything at once; loaded by ``manage.py seed_demo``."""
