# SPDX-License-Identifier: EUPL-1.2
"""The groups' and the executive office's places in the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.access.tokens import roles_of
from casework.organisation.enums import Role
from casework.organisation.models import User
from desk.prioritisation import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def proposal_item() -> MenuItem:
    """The executive office's proposal."""
    return RoleMenuItem(
        _("Stadens förslag"),
        reverse("desk_proposal"),
        icon_name="list-ol",
        order=90,
        roles=(Role.EXECUTIVE_OFFICE,),
    )


@hooks.register("construct_main_menu")
def groups_of_person(request: HttpRequest, items: list[Any]) -> None:
    """The groups that the person sits in."""
    user = request.user
    if not isinstance(user, User) or not roles_of(user) & {Role.GROUP_MEMBER, Role.GROUP_CHAIR}:
        return
    seats = (
        user.appointments.in_force()
        .filter(role__in=[Role.GROUP_MEMBER, Role.GROUP_CHAIR])
        .select_related("body__service_area")
    )
    several = len({seat.body_id for seat in seats}) > 1
    for seat in seats:
        area = seat.body.service_area
        where = f": {area}" if several else ""
        items.append(
            MenuItem(
                _("Gruppmöte%(where)s") % {"where": where},
                reverse("desk_meeting", args=[area.slug]),
                icon_name="group",
                order=80,
                name=f"group-{area.slug}",
            )
        )
        items.append(
            MenuItem(
                _("Rangordning%(where)s") % {"where": where},
                reverse("desk_ranking", args=[area.slug]),
                icon_name="order",
                order=81,
                name=f"ranking-{area.slug}",
            )
        )
