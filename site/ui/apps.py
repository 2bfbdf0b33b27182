# SPDX-License-Identifier: EUPL-1.2
"""Django application: the kit that the desk and the city share."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The kit that the desk and the city share."""

    name = "ui"
    label = "ui"
    verbose_name = _("Verktygslådan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every notion put its panels, links and things to do into the registries."""
        from ui import ordering
        from ui.forms import (
            read_days,
            word_required,
        )  # forms need the models, which are ready only now

        ordering.ready()
        autodiscover_modules("links", "panels", "case_actions", "places")
        word_required()
        read_days()
