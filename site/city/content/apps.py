# SPDX-License-Identifier: EUPL-1.2
"""Django application: the pages that editors write."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """The pages that editors write."""

    name = "city.content"
    label = "content"
    verbose_name = _("Sidor")
    default_auto_field = "django.db.models.BigAutoField"
