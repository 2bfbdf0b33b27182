# SPDX-License-Identifier: EUPL-1.2
"""The small city with its pages."""

from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
