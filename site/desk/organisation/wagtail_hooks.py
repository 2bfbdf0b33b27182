# SPDX-License-Identifier: EUPL-1.2
"""The city's own data in the desk, for administrators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from casework.organisation.permissions import may_administer
from desk.organisation import urls
from desk.organisation.viewsets import OrganisationViewSetGroup
from ui.menu import RoleMenuItem


@hooks.register("register_admin_viewset")
def viewset() -> Any:
    """The city's own data."""
    return OrganisationViewSetGroup()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The pages of the city's form."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def forms_item() -> MenuItem:
    """The city's form, for the administrator."""
    return RoleMenuItem(
        _("Formulär"),
        reverse("desk_forms"),
        icon_name="form",
        order=220,
        name="form-versions",
        roles=(Role.ADMINISTRATOR,),
    )


@hooks.register("construct_main_menu")
def hide_editorial(request: HttpRequest, items: list[Any]) -> None:
    """Of Wagtail's own items only pages, images and documents, and only for those who keep them."""
    user = request.user
    hidden = {"snippets", "reports"}
    if getattr(user, "is_superuser", False):
        items[:] = [item for item in items if item.name not in hidden]
        return
    hidden |= {"settings", "help"}
    if not (user.is_authenticated and may_administer(user)):
        hidden |= {"explorer", "images", "documents"}
    items[:] = [item for item in items if item.name not in hidden]
