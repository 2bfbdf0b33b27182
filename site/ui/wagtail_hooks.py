# SPDX-License-Identifier: EUPL-1.2
"""The kit's styles and keys in Wagtail's admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks

from ui.menu import note_shown


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The tokens and patterns that the desk shares with the city's pages.

    With them, for it must stand in the head, the script that keeps what is typed between two pages.
    """
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">'
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">'
        '<script src="{}"></script>',
        static("css/tokens.css"),
        static("css/parts.css"),
        static("css/desk.css"),
        static("css/paper.css"),
        static("js/typed-ahead.js"),
    )


def script_words() -> dict[str, str]:
    """What the desk's script says by itself."""
    return {
        "kept": _("Vi har fyllt i det du skrev. Kontrollera det och skicka på nytt."),
        "keptWithoutFiles": _("Vi har fyllt i det du skrev. Välj filerna igen och skicka på nytt."),
        "logIn": _("Logga in i en ny flik"),
        "noAnswer": _(
            "Servern svarar inte. Det du har skrivit står kvar här. Försök igen om en stund."
        ),
        "signedOut": _(
            "Du är utloggad. Det du har skrivit står kvar här. Logga in och spara sedan på nytt."
        ),
    }


@hooks.register("insert_global_admin_js")
def keys() -> SafeString:
    """The desk's few keys with their words, and the addresses that the script asks or opens."""
    return format_html(
        '{}<script src="{}" defer></script><script src="{}" data-signed-in="{}" data-log-in="{}" '
        'data-search="{}" data-register="{}" defer></script>',
        json_script(script_words(), "desk-words"),
        static("js/turning.js"),
        static("js/desk.js"),
        reverse("docgen:signed_in"),
        reverse("account_login"),
        reverse("desk_search"),
        reverse("desk_register"),
    )


# After all others, which hide what a person is not shown.
hooks.register("construct_main_menu", note_shown, order=1000)
