# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's lists of the city's own data, which administrators keep."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from casework.organisation.models import (
    Administration,
    Appointment,
    Authority,
    Body,
    ServiceArea,
)
from casework.organisation.services import appoint, save_configuration
from desk.organisation.policies import AdministratorPolicy
from ops.models import FaultReport
from ui.base import add_service_error


class ConfigurationMixin:
    """Saving goes through the service, which writes the journal."""

    def save_instance(self) -> Any:
        """Save what the administrator changed."""
        return save_configuration(self.form, actor=self.request.user)  # type: ignore[attr-defined]


class ConfigurationCreateView(ConfigurationMixin, generic.CreateView):
    """Add one."""


class ConfigurationEditView(ConfigurationMixin, generic.EditView):
    """Change one."""


class ConfigurationViewSet(ModelViewSet):
    """A kind of the city's own data."""

    add_view_class = ConfigurationCreateView
    edit_view_class = ConfigurationEditView
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 100

    @cached_property
    def permission_policy(self) -> AdministratorPolicy:
        """Administrators."""
        return AdministratorPolicy(self.model)


class AuthorityViewSet(ConfigurationViewSet):
    """Authorities."""

    model = Authority
    icon = "home"
    list_display = ["code", "name", "email"]
    form_fields = ["code", "name", "email"]


class AdministrationViewSet(ConfigurationViewSet):
    """Förvaltningar."""

    model = Administration
    icon = "home"
    list_display = ["name", "authority", "valid_from", "valid_until"]
    form_fields = ["name", "short_name", "slug", "authority", "valid_from", "valid_until"]


class ServiceAreaViewSet(ConfigurationViewSet):
    """Service areas (R17)."""

    model = ServiceArea
    icon = "list-ul"
    list_display = ["name", "is_support", "valid_from", "valid_until"]
    form_fields = [
        "name", "slug", "description", "is_support", "position", "valid_from", "valid_until",
    ]  # fmt: skip


class BodyViewSet(ConfigurationViewSet):
    """Bodies (R7–R19)."""

    model = Body
    icon = "group"
    list_display = ["name", "kind", "service_area", "valid_from", "valid_until"]
    form_fields = [
        "kind", "name", "slug", "authority", "service_area", "predecessor",
        "valid_from", "valid_until",
    ]  # fmt: skip


class AppointmentCreateView(generic.CreateView):
    """Appoint somebody (R11); the service checks what belongs where."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Appoint, or show at the field what is wrong."""
        data = form.cleaned_data
        scope = data["body"] or data["administration"] or data["authority"]
        try:
            with transaction.atomic():
                self.object = appoint(
                    data["user"],
                    data["role"],
                    scope,
                    appointed_by=data["appointed_by"],
                    actor=self.request.user,
                    expertise=data["expertise"],
                    valid_from=data["valid_from"],
                    valid_until=data["valid_until"],
                )
        except ValidationError as error:
            add_service_error(form, error)
            return self.form_invalid(form)
        return redirect(self.get_success_url())


class AppointmentViewSet(ConfigurationViewSet):
    """Appointments: who may what, where, and for how long (R11)."""

    model = Appointment
    icon = "user"
    add_view_class = AppointmentCreateView
    list_display = [
        "user", "role", "body", "administration", "authority", "valid_from", "valid_until",
    ]  # fmt: skip
    list_filter = ["role"]
    form_fields = [
        "user", "role", "body", "administration", "authority", "expertise", "appointed_by",
        "valid_from", "valid_until",
    ]  # fmt: skip


class FaultReportViewSet(ConfigurationViewSet):
    """What visitors say does not work (DOS-lagen: faults in accessibility are answered)."""

    model = FaultReport
    icon = "warning"
    menu_label = _("Anmälda fel")
    panels = FaultReport.panels


class OrganisationViewSetGroup(ViewSetGroup):
    """The city's own data in one menu."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 200
    items = (
        AppointmentViewSet,
        BodyViewSet,
        AdministrationViewSet,
        ServiceAreaViewSet,
        AuthorityViewSet,
        FaultReportViewSet,
    )
