# SPDX-License-Identifier: EUPL-1.2
"""Django application: the kit that the desk and the city share."""

from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from ui.wording import word_required


class UiConfig(AppConfig):
    """The kit that the desk and the city share."""

    name = "ui"
    label = "ui"
    verbose_name = _("Verktygslådan")
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give fields their words before any form is read."""
        super().__init__(*args, **kwargs)
        word_required()

    def ready(self) -> None:
        """Let every notion put its panels, links and things to do into the registries."""
        from ui import ordering
        from ui.forms import read_days  # forms need the models, which are ready only now

        ordering.ready()
        autodiscover_modules("links", "panels", "case_actions", "places")
        read_days()
