# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the organisation: appointments, people, the city's own data."""

from casework.organisation.services.accounts import (
    tell_account,
    tell_account_deleted,
    tell_password,
    tell_second_factor,
)
from casework.organisation.services.appointments import (
    ADMINISTRATOR_GROUP,
    DESK_GROUP,
    appoint,
    change_appointment,
    desk_group,
    end_appointment,
)
from casework.organisation.services.bodies import end_body
from casework.organisation.services.people import change_person, create_person, keep

__all__ = [
    "ADMINISTRATOR_GROUP",
    "DESK_GROUP",
    "appoint",
    "change_appointment",
    "change_person",
    "create_person",
    "desk_group",
    "end_appointment",
    "end_body",
    "keep",
    "tell_account",
    "tell_account_deleted",
    "tell_password",
    "tell_second_factor",
]
