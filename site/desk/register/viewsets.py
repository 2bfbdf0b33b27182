# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's own list of the cases."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from casework.initiatives.models import Initiative
from casework.organisation.models import ServiceArea, User
from casework.process.enums import stage_words
from casework.register.enums import CaseType
from casework.register.models import Case
from casework.register.numbers import parse_lenient
from desk.register.policies import CasePermissionPolicy
from ui.exports import PlainExport
from ui.present import outcome_words
from ui.viewsets import NeededAddresses

MOST = 10_000
"""So many cases are counted and paged; who looks for an older one narrows the list down."""


def officers_of_visible_cases(request: HttpRequest) -> QuerySet:
    """The officers of the cases that the person may see, and of no others.

    Each is asked for one such case: that is an index and one row, where to go through all the
    cases for their officers is all the cases.
    """
    visible = Case.objects.visible_to(request.user).filter(officer=OuterRef("pk"))
    visible = visible.order_by("-entry_id")  # as the index on officer and entry
    return User.objects.annotate(seen=Subquery(visible.values("pk")[:1])).exclude(seen=None)


class CasePaginator(WagtailPaginator):
    """Pages of the newest cases; a count of all would cost more than the page itself."""

    @cached_property
    def count(self) -> int:
        """How many there are, at most :data:`MOST`."""
        counted: int = self.object_list[:MOST].count()
        return counted

    @property
    def is_full(self) -> bool:
        """Whether there may be more than are counted."""
        return self.count == MOST


class CaseFilterSet(WagtailFilterSet):
    """The case list's filters."""

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
        fields = ["year", "case_type", "service_area", "officer", "is_open"]


def stage_of(case: Case) -> str:
    """Where a case stands, in a word: on its way through the model, open, or what it came to."""
    if case.is_void:
        return gettext("Makulerat")
    initiative: Initiative | None = getattr(case, "initiative", None)
    if getattr(case, "is_internal", False) and initiative is not None:
        return stage_words(initiative.process.position)
    if case.outcome:
        return outcome_words(case.outcome)
    return gettext("Avslutat") if case.closed_at else gettext("Öppet")


class CaseIndexView(PlainExport, generic.IndexView):
    """The case list: two queries for the rows, whatever their number."""

    paginator_class = CasePaginator
    is_searchable = True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """A number in any spelling, else words of the title that the person is shown."""
        text = (self.search_query or "").replace("\x00", "").strip()
        if not text:
            return queryset
        if parse_lenient(text):
            return queryset.by_number(text)  # type: ignore[attr-defined]  # the register's own
        words = Q()
        for word in text.split():
            words &= Q(shown_title__icontains=word)
        return queryset.filter(words)

    def get_base_queryset(self) -> QuerySet:
        """What the person may see, with what a row shows."""
        return Case.objects.shown_to(self.request.user).select_related(
            "service_area", "officer", "authority", "initiative__process__candidacy"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Says so where older cases are left out."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        paginator = context["paginator"]  # an export has no pages
        if paginator is not None and paginator.is_full:
            context["breadcrumbs_items"][-1]["sublabel"] = gettext(
                "de %(count)s första, begränsa med filtren för att se andra"
            ) % {"count": intcomma(MOST)}
        return context

    @cached_property
    def columns(self) -> list[Column]:
        """Number, title, and what tells cases apart."""
        return [
            TitleColumn(
                "dnr",
                label=_("Nummer"),
                url_name="desk_case",
                sort_key="entry_id",
                classname="dnr",
                width="7.5em",
            ),
            Column(
                "shown_title",
                label=_("Ärendemening"),
                sort_key="title",
                classname="one-line",
                width="32%",
            ),
            Column("shown_party", label=_("Avsändare"), classname="one-line", width="13%"),
            Column("get_case_type_display", label=_("Typ"), sort_key="case_type", width="5.5em"),
            Column(
                "service_area",
                label=_("Område"),
                sort_key="service_area",
                classname="one-line",
                width="14%",
            ),
            Column(
                "officer",
                label=_("Handläggare"),
                sort_key="officer",
                classname="one-line",
                width="14%",
            ),
            Column(
                "received_date",
                label=_("Inkom"),
                sort_key="received_date",
                classname="nowrap",
                width="6.5em",
            ),
            Column("stage", label=_("Läge"), accessor=stage_of, classname="one-line", width="17%"),
        ]


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
    filterset_class = CaseFilterSet
    list_per_page = 50
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
    ]
    list_export_headings = {
        "shown_title": _("Ärendemening"),
        "shown_party": _("Avsändare"),
        "get_case_type_display": _("Typ"),
        "get_outcome_display": _("Utfall"),
    }
    export_filename = "arenden"
    inspect_view_enabled = False
    copy_view_enabled = False
    exclude_form_fields: tuple[str, ...] = ()

    @cached_property
    def permission_policy(self) -> CasePermissionPolicy:
        """The access rule."""
        return CasePermissionPolicy(Case)
