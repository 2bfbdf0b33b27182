# SPDX-License-Identifier: EUPL-1.2
"""The desk's menu: items that are shown by role, and the same menu without its script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from casework.organisation.selectors import roles_of


class RoleMenuItem(MenuItem):
    """A menu item for those who hold one of some roles."""

    def __init__(self, *args: Any, roles: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.roles = roles
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person holds one of the roles today."""
        return not self.roles or bool(roles_of(request.user) & set(self.roles))


@dataclass(frozen=True, slots=True)
class PlainItem:
    """An item as a link, or as a heading over those that lie under it."""

    label: str
    url: str
    is_here: bool
    under: Sequence[PlainItem] = ()


def note_shown(request: HttpRequest, items: list[MenuItem]) -> None:
    """Keep what the sidebar shows the person, which it has just asked; the last of its hooks."""
    request.menu_shown = list(items)  # type: ignore[attr-defined]


def plain_items(request: HttpRequest) -> list[PlainItem]:
    """The items of the sidebar that was drawn for this request, in its order."""
    return _plain(request, getattr(request, "menu_shown", []))


def _plain(request: HttpRequest, items: Iterable[MenuItem]) -> list[PlainItem]:
    found = []
    for item in sorted(items, key=lambda each: each.order):
        under: list[PlainItem] = []
        if isinstance(item, SubmenuMenuItem):
            under = _plain(request, item.menu.menu_items_for_request(request))
        here = item.url.partition("?")[0] == request.path
        found.append(PlainItem(str(item.label), item.url, here, under))
    return found
