# SPDX-License-Identifier: EUPL-1.2
"""Django application: the city's own data."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class DeskOrganisationConfig(AppConfig):
    """The city's own data."""

    name = "desk.organisation"
    label = "desk_organisation"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        """Let the administrators' group have its rights wherever there is a page tree."""
        from wagtail.models import Page

        from desk.organisation.editors import after_migrations, after_root

        post_migrate.connect(after_migrations, sender=self, dispatch_uid="editor_rights")
        post_save.connect(after_root, sender=Page, dispatch_uid="editor_rights_root")
