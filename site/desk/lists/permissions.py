# SPDX-License-Identifier: EUPL-1.2
"""Who has use of the lists; what stands in them is asked of the access rule."""

from __future__ import annotations

from casework.organisation.enums import Role

READERS = frozenset(
    {
        Role.REGISTRAR,
        Role.OFFICER,
        Role.EXECUTIVE_OFFICE,
        Role.CITY_MANAGER,
        Role.GROUP_CHAIR,
        Role.COUNCIL_CHAIR,
        Role.SECRETARY,
    }
)
"""Those who look after cases or lead the bodies that take them up."""
