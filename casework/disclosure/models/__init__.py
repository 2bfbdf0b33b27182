# SPDX-License-Identifier: EUPL-1.2
"""Requests to see records, what was decided of each record, and the files that were handed out."""

from casework.disclosure.models.items import DisclosureItem, HandedFile
from casework.disclosure.models.requests import CODE_LENGTH, CODE_LETTERS, DisclosureRequest

__all__ = ["CODE_LENGTH", "CODE_LETTERS", "DisclosureItem", "DisclosureRequest", "HandedFile"]
