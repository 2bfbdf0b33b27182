# SPDX-License-Identifier: EUPL-1.2
"""The Django project: settings, addresses, templates and static files of the city's site."""
