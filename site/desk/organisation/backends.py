# SPDX-License-Identifier: EUPL-1.2
"""Who is signed in, read in one query with what every page of the desk asks of them."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from casework.organisation.models import User

PAGE_RIGHTS = PagePermissionPolicy.permission_cache_name
COLLECTION_RIGHTS = CollectionPermissionPolicy.permission_cache_name


class DeskBackend(AuthenticationBackend):
    """The sign-in library's, with fewer questions.

    Rights come from appointments, and Wagtail's from the groups that follow them; nobody holds a
    permission by name, so none is looked up. Wagtail asks on each page whether the person edits
    pages and keeps pictures. Few do: for the others the answer comes with the person.
    """

    def get_user(self, user_id: int) -> User | None:
        """The person with their settings in Wagtail, if the account is open."""
        own = {"group__user": OuterRef("pk")}
        user = (
            User.objects.select_related("wagtail_userprofile")
            .annotate(
                edits_pages=Exists(GroupPagePermission.objects.filter(**own)),
                keeps_collections=Exists(GroupCollectionPermission.objects.filter(**own)),
            )
            .filter(pk=user_id)
            .first()
        )
        if user is None or not self.user_can_authenticate(user):
            return None
        if not user.edits_pages:
            setattr(user, PAGE_RIGHTS, GroupPagePermission.objects.none())
        if not user.keeps_collections:
            setattr(user, COLLECTION_RIGHTS, GroupCollectionPermission.objects.none())
        return user

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()


def forget_rights(user: User) -> None:
    """Let Wagtail ask anew; after the person's groups have changed in the same request."""
    for name in (PAGE_RIGHTS, COLLECTION_RIGHTS):
        if hasattr(user, name):
            delattr(user, name)
