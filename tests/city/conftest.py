# SPDX-License-Identifier: EUPL-1.2
"""The small city with its pages."""

from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
from tests.search.conftest import city_search  # noqa: F401  taken over by name
