# SPDX-License-Identifier: EUPL-1.2
"""Administrators keep the city's pages, pictures and documents, with Wagtail's own permissions.

Wagtail asks groups, the house asks appointments. The group "administrators" has the permissions;
who is in it follows the appointments, also when one ends: see the middleware of this notion.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from casework.organisation.models import User
from casework.organisation.permissions import may_administer
from casework.organisation.services import ADMINISTRATOR_GROUP
from desk.organisation.backends import forget_rights

PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
COLLECTION_APPS = {"image": "wagtailimages", "document": "wagtaildocs"}
COLLECTION_ACTIONS = ("add", "change", "choose")


def ensure_editor_rights() -> Group:
    """Give the administrators' group pages, pictures and documents; again changes nothing."""
    for label in ("wagtailcore", "wagtailimages", "wagtaildocs"):
        # Migrations may be under way, and permissions come only at their very end.
        create_permissions(apps.get_app_config(label), verbosity=0)
    group, _created = Group.objects.get_or_create(name=ADMINISTRATOR_GROUP)
    for root in Page.objects.filter(depth=1):
        for permission in _permissions("wagtailcore", "page", PAGE_ACTIONS):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for collection in Collection.objects.filter(depth=1):
        for model, app in COLLECTION_APPS.items():
            for permission in _permissions(app, model, COLLECTION_ACTIONS):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
    return group


def _permissions(app: str, model: str, actions: tuple[str, ...]) -> list[Permission]:
    codes = [f"{action}_{model}" for action in actions]
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codes))


def sync_editor(user: User) -> None:
    """Let the group hold the person exactly while the person is administrator."""
    is_in = user.groups.filter(name=ADMINISTRATOR_GROUP).exists()
    if may_administer(user) and not is_in:
        user.groups.add(ensure_editor_rights())
        forget_rights(user)
    elif is_in and not may_administer(user):
        user.groups.remove(*user.groups.filter(name=ADMINISTRATOR_GROUP))


def after_migrations(**kwargs: Any) -> None:
    """A new database, or one where the permissions have been lost."""
    ensure_editor_rights()


def after_root(sender: Any, instance: Page, created: bool, **kwargs: Any) -> None:
    """A page tree that is planted anew belongs to the administrators too."""
    if created and instance.depth == 1:
        ensure_editor_rights()
