# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's own list of the cases."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import roles_of
from casework.register.history import may_see_lists_of_then
from casework.register.models import Case
from casework.saved_lists.models import SavedList
from casework.saved_lists.selectors import columns_of, lists_of
from desk.register.filters import MOST, CaseFilterSet, CasePaginator, ordering_of, searched
from desk.register.places import PER_PAGE, question_of
from desk.register.policies import CasePermissionPolicy
from desk.register.tables import LISTING, CaseTable, columns_for
from ui.exports import PlainExport
from ui.viewsets import NeededAddresses

WORK_ON_MANY = frozenset({Role.REGISTRAR, Role.OFFICER})
"""Roles that can do something with several cases at once."""


class CaseIndexView(PlainExport, generic.IndexView):
    """The case list: two queries for the rows, whatever their number."""

    paginator_class = CasePaginator
    table_class = CaseTable
    is_searchable = True
    export_headings = {
        "shown_title": _("Ärendemening"),
        "shown_party": _("Avsändare"),
        "get_case_type_display": _("Typ"),
        "get_outcome_display": _("Utfall"),
        "secrecy_provision": _("Sekretess"),
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list; with no question of its own it opens with what the person starts with."""
        if not self.results_only and not request.GET:
            start = next((row for row in self.saved_lists if row.is_start), None)
            if start is not None:
                return redirect(address_of(start))
        return super().get(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """The person at the desk."""
        user = self.request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        return user

    @cached_property
    def saved_lists(self) -> list[SavedList]:
        """What the person has saved."""
        return list(lists_of(self.user, LISTING))

    @cached_property
    def saved(self) -> SavedList | None:
        """The saved list that is open."""
        wanted = self.request.GET.get("urval", "")
        return next((row for row in self.saved_lists if str(row.pk) == wanted), None)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """A number in any spelling, else words of what the person is shown."""
        return searched(queryset, self.search_query or "", self.request.user)

    def get_base_queryset(self) -> QuerySet:
        """What the person may see, with what a row shows."""
        return Case.objects.shown_to(self.request.user).select_related(
            "service_area",
            "officer",
            "unit",
            "class_code",
            "authority",
            "initiative__process__candidacy",
        )

    def get_ordering(self) -> str:
        """A key that there is."""
        return ordering_of(self.request.GET.get("ordering")).name

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Sorted in Swedish, the empty last, each row in a place of its own."""
        return ordering_of(self.ordering).sort(queryset)

    def get_paginator(self, *args: Any, **kwargs: Any) -> CasePaginator:
        """Of the whole register only what a page shows is sorted; of what is searched, all."""
        paginator: CasePaginator = super().get_paginator(*args, **kwargs)
        if not self.search_query:
            paginator.narrow = ordering_of(self.ordering).first
        return paginator

    @cached_property
    def may_tick(self) -> bool:
        """Whether there is anything that the person can do with many at once."""
        return not WORK_ON_MANY.isdisjoint(roles_of(self.request.user))

    @cached_property
    def columns(self) -> list[Column]:
        """Number, title, and what the person wants to tell cases apart by."""
        chosen = self.saved.columns if self.saved and self.saved.columns else None
        return columns_for(
            chosen or columns_of(self.user, LISTING),
            question_of(self.request.GET),
            tick=self.may_tick,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the saved lists; says so where older cases are left out."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        question = question_of(self.request.GET)
        paginator = context["paginator"]  # an export has no pages
        context.update(
            saved_lists=[(row, address_of(row)) for row in self.saved_lists],
            saved=self.saved,
            question=question,
            may_tick=self.may_tick,
            as_of_url=reverse("desk_cases_as_of") if may_see_lists_of_then(self.user) else "",
            model_name="case",
            app_label="register",
            counted=paginator.count if paginator is not None else 0,
        )
        if paginator is not None and paginator.is_full:
            context["breadcrumbs_items"][-1]["sublabel"] = gettext(
                "de %(count)s första, begränsa med filtren för att se andra"
            ) % {"count": intcomma(MOST)}
        return context


def address_of(saved: SavedList) -> str:
    """Where a saved list is opened."""
    query = f"&{saved.query}" if saved.query else ""
    return f"{reverse('case:index')}?urval={saved.pk}{query}"


class CaseViewSet(NeededAddresses, ModelViewSet):
    """The cases in Wagtail's admin: the list with filters and xlsx; their pages are our own.

    Wagtail's pages about one case would answer otherwise for a secret one than for none.
    """

    unneeded = frozenset({"add", "edit", "delete", "usage", "history", "history_results"})

    model = Case
    name = "case"
    url_prefix = "arenden"
    icon = "folder-open-inverse"
    menu_label = _("Ärenden")
    menu_order = 30
    add_to_admin_menu = True
    index_view_class = CaseIndexView
    index_template_name = "desk/register/cases.html"
    index_results_template_name = "desk/register/case_results.html"
    filterset_class = CaseFilterSet
    list_per_page = PER_PAGE
    search_backend_name = None
    search_fields = None
    list_export = [
        "dnr",
        "shown_title",
        "shown_party",
        "get_case_type_display",
        "service_area",
        "officer",
        "received_date",
        "decided_on",
        "get_outcome_display",
        "secrecy_provision",
    ]
    export_filename = "arenden"
    inspect_view_enabled = False
    copy_view_enabled = False
    exclude_form_fields: tuple[str, ...] = ()

    @cached_property
    def permission_policy(self) -> CasePermissionPolicy:
        """The access rule."""
        return CasePermissionPolicy(Case)
