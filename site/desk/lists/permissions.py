# SPDX-License-Identifier: EUPL-1.2
"""Who has use of the lists; what stands in them is asked of the access rule."""

from __future__ import annotations

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.selectors import appointments_of

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


def diaries_of(user: User) -> list[Authority]:
    """The authorities whose diary the person keeps: of these a public list may be made."""
    rows = [row for row in appointments_of(user) if row.role == Role.REGISTRAR]
    keys = [row.authority_id for row in rows if row.authority_id]
    return list(Authority.objects.filter(pk__in=keys).order_by("name"))
