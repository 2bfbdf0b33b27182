# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's own lists: the cases, and the city's data that administrators keep."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from casework.journal.models import JournalEntry
from casework.organisation.models import (
    Administration,
    Appointment,
    Authority,
    Body,
    ServiceArea,
    User,
)
from casework.organisation.services import appoint, save_configuration
from casework.register.enums import CaseType
from casework.register.models import Case
from casework.register.numbers import parse_lenient
from pages.desk.base import DeskView, add_service_error, case_or_404
from pages.desk.events import as_event
from pages.desk.policies import AdministratorPolicy, CasePermissionPolicy
from pages.models import FaultReport


def officers_of_visible_cases(request: HttpRequest) -> QuerySet:
    """The officers of the cases that the person may see, and of no others."""
    visible = Case.objects.visible_to(request.user)
    return User.objects.filter(pk__in=visible.values("officer"))


class CaseFilterSet(WagtailFilterSet):
    """The case list's filters."""

    q = django_filters.CharFilter(label=_("Nummer eller ord i ärendemeningen"), method="by_words")
    year = django_filters.NumberFilter(label=_("År"))
    case_type = django_filters.ChoiceFilter(label=_("Ärendetyp"), choices=CaseType)
    service_area = django_filters.ModelChoiceFilter(
        label=_("Tjänsteområde"), queryset=ServiceArea.objects.all()
    )
    officer = django_filters.ModelChoiceFilter(
        label=_("Handläggare"), queryset=officers_of_visible_cases
    )
    is_open = django_filters.BooleanFilter(
        label=_("Öppet"), field_name="closed_at", lookup_expr="isnull"
    )

    class Meta:
        model = Case
        fields = ["q", "year", "case_type", "service_area", "officer", "is_open"]

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """A number in any spelling, else words of the title."""
        keys = [reading.key for reading in parse_lenient(value)]
        if keys:
            return queryset.filter(numbers__key__in=keys).distinct()
        words = Q()
        for word in value.split():
            words &= Q(title__icontains=word)
        return queryset.filter(words)


class CaseIndexView(generic.IndexView):
    """The case list: two queries for the rows, whatever their number."""

    def get_base_queryset(self) -> QuerySet:
        """What the person may see, with what a row shows."""
        return Case.objects.visible_to(self.request.user).select_related(
            "service_area", "officer", "authority"
        )

    @cached_property
    def columns(self) -> list[Column]:
        """Number, title, and what tells cases apart."""
        return [
            TitleColumn(
                "dnr", label=_("Diarienummer"), url_name="desk_case", sort_key="serial", width="9em"
            ),
            Column("title", label=_("Ärendemening"), sort_key="title"),
            Column("get_case_type_display", label=_("Typ"), sort_key="case_type"),
            Column("service_area", label=_("Område"), sort_key="service_area"),
            Column("officer", label=_("Handläggare"), sort_key="officer"),
            Column("received_date", label=_("Inkom"), sort_key="received_date"),
            Column("get_outcome_display", label=_("Utfall"), sort_key="outcome"),
        ]


class CaseInspectView(DeskView):
    """Wagtail's inspect address; the page is the case's own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go there."""
        return redirect(reverse("desk_case", args=[kwargs["pk"]]))


class CaseHistoryView(DeskView):
    """The whole journal of a case, the small events too."""

    template_name = "desk/history.html"
    header_icon = "history"
    page_title = "Händelser"
    crumbs = (("Ärenden", "case:index"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every entry, with what the hash chain says of its place."""
        case = case_or_404(self.user, self.kwargs["pk"])
        subjects = [case.subject]
        if hasattr(case, "initiative"):
            subjects.append(case.initiative.subject)
        entries = JournalEntry.objects.filter(subject__in=subjects).select_related("actor")
        rows = [(as_event(entry), entry) for entry in entries]
        return super().get_context_data(case=case, rows=rows, **kwargs)


class CaseViewSet(ModelViewSet):
    """The cases in Wagtail's admin: list with filters, inspect, history, xlsx."""

    model = Case
    name = "case"
    url_prefix = "arenden"
    icon = "folder-open-inverse"
    menu_label = _("Ärenden")
    menu_order = 30
    add_to_admin_menu = True
    index_view_class = CaseIndexView
    filterset_class = CaseFilterSet
    list_per_page = 50
    search_backend_name = None
    search_fields = None
    list_export = [
        "dnr",
        "title",
        "case_type",
        "service_area",
        "officer",
        "received_date",
        "decided_on",
        "get_outcome_display",
    ]
    export_filename = "arenden"
    inspect_view_enabled = True
    copy_view_enabled = False
    exclude_form_fields: tuple[str, ...] = ()

    @cached_property
    def permission_policy(self) -> CasePermissionPolicy:
        """The access rule."""
        return CasePermissionPolicy(Case)

    @property
    def inspect_view(self) -> Any:
        """The case's own page."""
        return CaseInspectView.as_view()

    @property
    def history_view(self) -> Any:
        """The journal."""
        return CaseHistoryView.as_view()


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


class CityViewSetGroup(ViewSetGroup):
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
