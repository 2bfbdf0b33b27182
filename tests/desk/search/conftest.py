# SPDX-License-Identifier: EUPL-1.2
"""The search's own engine for a test that asks for it."""

from tests.search.conftest import city_search  # noqa: F401  taken over by name
