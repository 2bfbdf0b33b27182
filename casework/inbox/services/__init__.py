# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the inbox: one function per thing that a person or the fetching does."""

from casework.inbox.services.disposing import dispose_items
from casework.inbox.services.filing import file_as_new_case, file_as_record
from casework.inbox.services.forwarding import forward_item
from casework.inbox.services.handing_over import hand_over_case
from casework.inbox.services.ordering import file_as_order, untie_orders
from casework.inbox.services.receiving import (
    Children,
    Received,
    receive_letter,
    receive_mail,
    receive_scan,
)
from casework.inbox.services.setting_aside import set_aside
from casework.inbox.services.undoing import undo

__all__ = [
    "Children",
    "Received",
    "dispose_items",
    "file_as_new_case",
    "file_as_order",
    "file_as_record",
    "forward_item",
    "hand_over_case",
    "receive_letter",
    "receive_mail",
    "receive_scan",
    "set_aside",
    "undo",
    "untie_orders",
]
