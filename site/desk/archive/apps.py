# SPDX-License-Identifier: EUPL-1.2
"""Django application: the archive at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskArchiveConfig(AppConfig):
    """The archive at the desk."""

    name = "desk.archive"
    label = "desk_archive"
    verbose_name = _("Arkiv")
