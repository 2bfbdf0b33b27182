# SPDX-License-Identifier: EUPL-1.2
"""The kit's styles and keys in Wagtail's admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The tokens and patterns that the desk shares with the city's pages."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">'
        '<link rel="stylesheet" href="{}">',
        static("css/tokens.css"),
        static("css/parts.css"),
        static("css/desk.css"),
    )


@hooks.register("insert_global_admin_js")
def keys() -> SafeString:
    """The desk's few keys, and where an editor asks whether one is still signed in."""
    return format_html(
        '<script src="{}" data-signed-in="{}" data-log-in="{}" defer></script>',
        static("js/desk.js"),
        reverse("docgen:signed_in"),
        reverse("account_login"),
    )
