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
    take_back_appointment,
)
from casework.organisation.services.bodies import end_body
from casework.organisation.services.passwords import change_own_password, reset_password
from casework.organisation.services.people import change_person, create_person, keep

__all__ = [
    "ADMINISTRATOR_GROUP",
    "DESK_GROUP",
    "appoint",
    "change_appointment",
    "change_own_password",
    "change_person",
    "create_person",
    "desk_group",
    "end_appointment",
    "end_body",
    "keep",
    "reset_password",
    "take_back_appointment",
    "tell_account",
    "tell_account_deleted",
    "tell_password",
    "tell_second_factor",
]
