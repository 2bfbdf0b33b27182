# SPDX-License-Identifier: EUPL-1.2
"""Lists of data that people keep: the service saves, and its errors lose nothing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

from ui.base import add_service_error
from ui.viewsets import NeededAddresses


class ServiceFormMixin:
    """Saving is one service call; what it refuses stands at its field, with all that was typed."""

    form: Any
    error_message = _("Något behöver rättas. Inget är sparat än.")

    def save_instance(self) -> Any:
        """Call the service."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or show what the service refused."""
        self.form = form
        try:
            with transaction.atomic():
                self.object = self.save_instance()
        except (ValidationError, PermissionDenied) as error:
            add_service_error(form, error)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response: HttpResponse = self.form_invalid(form)  # type: ignore[attr-defined]
            return response
        done: HttpResponse = self.save_action()  # type: ignore[attr-defined]
        return done


class AddView(ServiceFormMixin, generic.CreateView):
    """Add one."""

    success_message = _("%(object)s är sparad.")
    submit_button_label = _("Spara")


class ChangeView(ServiceFormMixin, generic.EditView):
    """Change one."""

    template_name = "desk/kept_edit.html"
    success_message = _("%(object)s är sparad.")
    submit_button_label = _("Spara")

    def notice(self) -> str:
        """What one should know of it before changing it, such as that it has ended."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the notice."""
        return super().get_context_data(notice=self.notice(), **kwargs)


class ListView(generic.IndexView):
    """A list with the widths of its columns, and a search in which each word must be somewhere.

    Attributes:
        widths: of the columns in order; without them a long name breaks inside its words.
        related: what the columns read of other tables.
    """

    widths: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> list[Column]:
        """The columns, each with its width."""
        columns: list[Column] = super().columns
        for column, width in zip(columns, self.widths, strict=False):
            column.width = width
        return columns

    def get_base_queryset(self) -> QuerySet[Any]:
        """The rows with what their columns read, in as few queries as of one."""
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.select_related(*self.related) if self.related else rows

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each word in any of the fields: "anna ek" finds Anna Ek."""
        if not self.is_searching:
            return queryset
        for word in self.search_query.split():
            found = Q()
            for field in self.search_fields or []:
                found |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


class KeptViewSet(NeededAddresses, ModelViewSet):
    """A kind of data that people with a certain mandate keep.

    Attributes:
        policy_class: who they are.
        form_class: for a new one; ``change_form_class`` for one that there is, where it differs.
        widths: of the list's columns.
        related: what the columns read of other tables.
    """

    policy_class: type[BasePermissionPolicy]
    index_view_class = ListView
    form_class: type[ModelForm]
    change_form_class: type[ModelForm] | None = None
    widths: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 100

    @cached_property
    def permission_policy(self) -> BasePermissionPolicy:
        """Those who keep them."""
        return self.policy_class(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Every page asks this policy, also where Wagtail has one of its own for the model."""
        kwargs = {"permission_policy": self.permission_policy, **kwargs}
        return super().get_common_view_kwargs(**kwargs)

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """In the menu of those whom the policy lets in."""
        shown = self.index_view_class.any_permission_required

        def is_shown(_item: MenuItem, request: HttpRequest) -> bool:
            return bool(self.permission_policy.user_has_any_permission(request.user, shown))

        return type(f"{self.model.__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """The form with its own words and checks."""
        return (self.change_form_class if for_update else None) or self.form_class

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """With widths and what the columns read."""
        return super().get_index_view_kwargs(widths=self.widths, related=self.related, **kwargs)
