# SPDX-License-Identifier: EUPL-1.2
"""The site's addresses. Swedish where people see them."""

from typing import NoReturn

from allauth.account.views import logout as account_logout
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from city.account import views as account


def closed(request: HttpRequest) -> NoReturn:
    """An address that the product does not have."""
    raise Http404


handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", include("city.account.urls")),
    path("", include("city.search.urls")),
    path("", include("city.register.urls")),
    path("", include("city.disclosure.urls")),
    path("", include("city.feedback.urls")),
    path("", include("city.meetings.urls")),
    path("", include("city.content.urls")),
    path("initiativ/", include("city.initiatives.urls")),
    # One form and one way out for all: Wagtail's own addresses lead here.
    path("admin/login/", account.desk_login),
    path("admin/logout/", account_logout),
    # Wagtail's reports and snippets ask its own permissions, not ours: their history of the whole
    # site has the titles of secret cases. Nobody needs them; there is nothing here.
    re_path(r"^admin/(?:reports|snippets)/", closed),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Only pictures that editors have put on pages; files of records have no address of their own.
    re_path(
        r"^media/(?P<path>(?:images|original_images)/.+)$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
    path("", include(wagtail_urls)),
]
