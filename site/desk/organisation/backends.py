# SPDX-License-Identifier: EUPL-1.2
"""Who is signed in, read in one query with what every page of the desk asks of them."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from casework.organisation.models import User

OPENS_DESK = "wagtailadmin.access_admin"
PAGE_RIGHTS = PagePermissionPolicy.permission_cache_name
COLLECTION_RIGHTS = CollectionPermissionPolicy.permission_cache_name


# Written out: put together from models anew, they took longer than the rest of the question.
_RIGHTS = {
    "edits_pages": """EXISTS (
        SELECT 1 FROM wagtailcore_grouppagepermission p
        JOIN organisation_user_groups g ON g.group_id = p.group_id
        WHERE g.user_id = organisation_user.id)""",
    "keeps_collections": """EXISTS (
        SELECT 1 FROM wagtailcore_groupcollectionpermission p
        JOIN organisation_user_groups g ON g.group_id = p.group_id
        WHERE g.user_id = organisation_user.id)""",
    "opens_desk": """EXISTS (
        SELECT 1 FROM auth_group_permissions p
        JOIN auth_permission n ON n.id = p.permission_id AND n.codename = 'access_admin'
        JOIN django_content_type t ON t.id = n.content_type_id AND t.app_label = 'wagtailadmin'
        JOIN organisation_user_groups g ON g.group_id = p.group_id
        WHERE g.user_id = organisation_user.id)""",
    # Of the number that stands in the menu of every page.
    "has_news": """EXISTS (
        SELECT 1 FROM feedback_notice n
        WHERE n.user_id = organisation_user.id AND n.concern <> '' AND n.read_at IS NULL)""",
}


class DeskBackend(AuthenticationBackend):
    """The sign-in library's, with fewer questions.

    Rights come from appointments, and Wagtail's from the groups that follow them; nobody holds a
    permission by name, so none is looked up. Wagtail asks on each page whether the person edits
    pages and keeps pictures. Few do: for the others the answer comes with the person.
    """

    def get_user(self, user_id: int) -> User | None:
        """The person with their settings in Wagtail, if the account is open."""
        user: Any = (  # with what is asked beside its columns
            User.objects.select_related("wagtail_userprofile")
            .annotate(**{name: RawSQL(sql, ()) for name, sql in _RIGHTS.items()})  # noqa: S611
            .filter(pk=user_id)
            .first()
        )
        if user is None or not self.user_can_authenticate(user):
            return None
        if not user.edits_pages:
            setattr(user, PAGE_RIGHTS, GroupPagePermission.objects.none())
        if not user.keeps_collections:
            setattr(user, COLLECTION_RIGHTS, GroupCollectionPermission.objects.none())
        assert isinstance(user, User)
        return user

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the desk opens is known with the person; the rest Django asks the groups."""
        if perm == OPENS_DESK and obj is None and hasattr(user_obj, "opens_desk"):
            return bool(user_obj.is_active and user_obj.opens_desk)
        return bool(super().has_perm(user_obj, perm, obj))

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()


def forget_rights(user: User) -> None:
    """Let Wagtail ask anew; after the person's groups have changed in the same request."""
    for name in (PAGE_RIGHTS, COLLECTION_RIGHTS, "opens_desk"):
        if hasattr(user, name):
            delattr(user, name)
