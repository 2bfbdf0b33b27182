# SPDX-License-Identifier: EUPL-1.2
"""The city's own data in the desk, for administrators."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.permissions import may_administer
from casework.organisation.services import tell_account, tell_account_deleted
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


#: What Wagtail's own pages for users can change; only superusers reach them.
_ACCOUNT = ("username", "first_name", "last_name", "email", "is_active", "is_superuser")


def _account(user: User) -> dict[str, Any]:
    groups = sorted(user.groups.values_list("name", flat=True))
    return {**{name: getattr(user, name) for name in _ACCOUNT}, "groups": groups}


@hooks.register("before_edit_user")
def remember_account(request: HttpRequest, user: User) -> None:
    """Keep what the account was, for the journal."""
    request.account_before = _account(User.objects.get(pk=user.pk))  # type: ignore[attr-defined]


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def journal_account(request: HttpRequest, user: User) -> None:
    """Write what a superuser did to an account into the chain."""
    old = getattr(request, "account_before", {})
    new = _account(user)
    differing = [name for name in new if old.get(name) != new[name]]
    if request.POST.get("password1"):
        differing.append("password")
    tell_account(
        user=user,
        actor=cast(User, request.user),
        before={name: old.get(name, "") for name in differing if name != "password"},
        after={name: new.get(name, "…") for name in differing},
    )


@hooks.register("before_delete_user")
def journal_deletion(request: HttpRequest, user: User) -> None:
    """Write it before the row is gone; whoever has decided anything cannot be deleted at all."""
    if request.method == "POST":
        tell_account_deleted(user=user, actor=cast(User, request.user))
