# SPDX-License-Identifier: EUPL-1.2
"""The lists of the city's own data, which administrators keep (R51)."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from casework.initiatives.models import Goal
from casework.initiatives.services import keep_goal
from casework.organisation.models import (
    Administration,
    Appointment,
    Authority,
    Body,
    ServiceArea,
    Unit,
    User,
)
from casework.organisation.permissions import may_reset_password
from casework.organisation.services import (
    change_person,
    create_person,
    keep,
)
from casework.planning.services import take_in_new_area
from desk.organisation import forms
from desk.organisation.appointing import AppointmentView, AppointView
from desk.organisation.ending import (
    EndAppointmentView,
    EndBodyView,
    TakeBackView,
    end_buttons,
    end_words,
)
from desk.organisation.passwords import NewPasswordView
from desk.organisation.policies import AdministratorPolicy, FaultPolicy
from ops.models import FaultReport
from ui.kept import AddView, ChangeView, KeptViewSet


class KeepMixin:
    """The city's own data is saved by one service, which writes the journal."""

    def save_instance(self) -> Any:
        """Add it or change it."""
        form: Any = self.form  # type: ignore[attr-defined]
        return keep(
            thing=form.instance,
            values=form.cleaned_data,
            actor=self.request.user,  # type: ignore[attr-defined]
        )


class KeepAddView(KeepMixin, AddView):
    """Add one."""


class KeepChangeView(KeepMixin, ChangeView):
    """Change one."""


class NewAreaView(KeepAddView):
    """A new area takes part in the rounds that are not closed."""

    def save_instance(self) -> ServiceArea:
        """Add it, and let it into the rounds."""
        area: ServiceArea = super().save_instance()
        take_in_new_area(service_area=area, actor=self.request.user)
        return area


class NewPersonView(AddView):
    """A new account."""

    success_message = _("Kontot för %(object)s är upplagt.")
    submit_button_label = _("Lägg upp kontot")

    def save_instance(self) -> User:
        """Lay it up."""
        fields = dict(self.form.cleaned_data)
        password = fields.pop("password") or None
        return create_person(actor=self.request.user, password=password, **fields)


class PersonView(ChangeView):
    """A person."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to the person's appointments, to another one, and to a new password."""
        assert isinstance(self.request.user, User)  # the admin's address space requires sign-in
        password = [
            HeaderButton(
                label=_("Nytt lösenord"),
                url=reverse("person:password", args=[self.object.pk]),
                icon_name="key",
            )
        ]
        return [
            *(password if may_reset_password(self.request.user, self.object) else []),
            HeaderButton(
                label=_("Ge %(name)s ett uppdrag") % {"name": self.object},
                url=f"{reverse('appointment:add')}?user={self.object.pk}",
                icon_name="plus",
            ),
            HeaderButton(
                label=_("Uppdrag"),
                url=f"{reverse('appointment:index')}?user={self.object.pk}",
                icon_name="user",
            ),
        ]

    def save_instance(self) -> User:
        """Change it."""
        return change_person(
            person=self.form.instance, actor=self.request.user, **self.form.cleaned_data
        )


class BodyView(KeepChangeView):
    """Change a body, or go on to let it cease."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to its end, as long as it lasts."""
        return end_buttons(self.object, _("Låt organet upphöra"), "body:end")

    def notice(self) -> str:
        """That it has ceased, or will."""
        return end_words(self.object)


class GoalMixin:
    """A goal is saved by the service of the forms."""

    def save_instance(self) -> Goal:
        """Add it or change it."""
        form: Any = self.form  # type: ignore[attr-defined]
        goal = form.instance if form.instance.pk else None
        actor = self.request.user  # type: ignore[attr-defined]
        return keep_goal(goal=goal, actor=actor, **form.cleaned_data)


class NewGoalView(GoalMixin, AddView):
    """A new goal."""


class GoalView(GoalMixin, ChangeView):
    """A goal."""


class CityViewSet(KeptViewSet):
    """A kind of the city's own data."""

    policy_class = AdministratorPolicy


def _page_of_person(person: User) -> str:
    return reverse("person:edit", args=[person.pk])


class PersonViewSet(CityViewSet):
    """People, never through Wagtail's own pages for users."""

    model = User
    name = "person"
    url_prefix = "personer"
    icon = "user"
    menu_label = _("Personer")
    add_to_settings_menu = False
    add_view_class = NewPersonView
    edit_view_class = PersonView
    form_class = forms.NewPersonForm
    change_form_class = forms.PersonForm
    list_display = [
        TitleColumn("name", label=_("Namn"), accessor=str, get_url=_page_of_person),
        "administration",
        "title",
        Column("email", label=_("E-post")),
        Column(
            "is_active",
            label=_("Konto"),
            accessor=lambda person: _("Öppet") if person.is_active else _("Stängt"),
        ),
    ]
    search_fields = ["first_name", "last_name", "username", "email", "title"]
    list_filter = ["administration", "is_active"]
    widths = ("24%", "24%", "20%", "24%", "8%")
    related = ("administration",)

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the page that gives a new password."""
        return [
            *super().get_urlpatterns(),
            path("losenord/<int:pk>/", NewPasswordView.as_view(), name="password"),
        ]


class AppointmentViewSet(CityViewSet):
    """Appointments: who may what, where, and for how long (R11)."""

    model = Appointment
    icon = "user"
    add_view_class = AppointView
    edit_view_class = AppointmentView
    form_class = forms.AppointmentForm
    change_form_class = forms.ChangeAppointmentForm
    list_display = [
        "user",
        Column("role", label=_("Roll"), accessor="get_role_display"),
        Column("scope", label=_("Var"), accessor="scope"),
        "valid_from",
        Column(
            "valid_until",
            label=_("Gäller till och med"),
            accessor=lambda row: _("Återtaget") if row.taken_back_on else row.valid_until or "",
            sort_key="valid_until",
        ),
    ]
    search_fields = [
        "user__first_name", "user__last_name", "body__name", "administration__name",
    ]  # fmt: skip
    list_filter = ["user", "role", "body", "administration"]
    widths = ("20%", "26%", "30%", "12%", "12%")
    related = ("user", "body", "administration", "authority")

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the pages that end one or take it back."""
        return [
            *super().get_urlpatterns(),
            path("avsluta/<int:pk>/", EndAppointmentView.as_view(), name="end"),
            path("ta-tillbaka/<int:pk>/", TakeBackView.as_view(), name="take_back"),
        ]


class BodyViewSet(CityViewSet):
    """Bodies (R7–R19)."""

    model = Body
    icon = "group"
    add_view_class = KeepAddView
    edit_view_class = BodyView
    form_class = forms.BodyForm
    list_display = [
        "name",
        Column("kind", label=_("Slag"), accessor="get_kind_display"),
        "service_area",
        "valid_from",
        "valid_until",
    ]
    search_fields = ["name"]
    list_filter = ["kind"]
    widths = ("30%", "24%", "22%", "12%", "12%")
    related = ("service_area",)

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the page that ends one."""
        return [
            *super().get_urlpatterns(),
            path("upphor/<int:pk>/", EndBodyView.as_view(), name="end"),
        ]


class AdministrationViewSet(CityViewSet):
    """Förvaltningar (R20)."""

    model = Administration
    icon = "home"
    add_view_class = KeepAddView
    edit_view_class = KeepChangeView
    form_class = forms.AdministrationForm
    list_display = ["name", "authority", "valid_from", "valid_until"]
    search_fields = ["name", "short_name"]
    widths = ("40%", "30%", "15%", "15%")
    related = ("authority",)


class UnitViewSet(CityViewSet):
    """Enheter: where a letter waits until somebody there takes it."""

    model = Unit
    icon = "group"
    add_view_class = KeepAddView
    edit_view_class = KeepChangeView
    form_class = forms.UnitForm
    list_display = ["name", "authority", "email", "valid_from", "valid_until"]
    search_fields = ["name"]
    widths = ("32%", "24%", "20%", "12%", "12%")
    related = ("authority",)


class ServiceAreaViewSet(CityViewSet):
    """Service areas (R17)."""

    model = ServiceArea
    icon = "list-ul"
    add_view_class = NewAreaView
    edit_view_class = KeepChangeView
    form_class = forms.ServiceAreaForm
    list_display = ["name", "is_support", "valid_from", "valid_until"]
    search_fields = ["name"]
    widths = ("46%", "14%", "20%", "20%")


class AuthorityViewSet(CityViewSet):
    """Authorities."""

    model = Authority
    icon = "home"
    add_view_class = KeepAddView
    edit_view_class = KeepChangeView
    form_class = forms.AuthorityForm
    list_display = ["name", "code", "email"]
    widths = ("46%", "20%", "34%")


class GoalViewSet(CityViewSet):
    """The city's goals (R50)."""

    model = Goal
    icon = "pick"
    add_view_class = NewGoalView
    edit_view_class = GoalView
    form_class = forms.GoalForm
    list_display = ["title", "code", "valid_from", "valid_until"]
    search_fields = ["title", "code"]
    widths = ("52%", "16%", "16%", "16%")


class FaultReportViewSet(CityViewSet):
    """What visitors say does not work (DOS-lagen: faults in accessibility are answered)."""

    model = FaultReport
    icon = "warning"
    menu_label = _("Anmälda fel")
    policy_class = FaultPolicy
    add_view_class = generic.CreateView
    edit_view_class = generic.EditView
    panels = FaultReport.panels
    list_display = ["__str__", "address", "reported_at", "handled_at"]
    widths = ("46%", "22%", "16%", "16%")

    def get_form_class(self, for_update: bool = False) -> Any:
        """Made of the panels."""
        return self._edit_handler.get_form_class()


class OrganisationViewSetGroup(ViewSetGroup):
    """The city's own data in one menu."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 200
    items = (
        PersonViewSet,
        AppointmentViewSet,
        BodyViewSet,
        AdministrationViewSet,
        UnitViewSet,
        ServiceAreaViewSet,
        AuthorityViewSet,
        GoalViewSet,
        FaultReportViewSet,
    )
