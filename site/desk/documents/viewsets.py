# SPDX-License-Identifier: EUPL-1.2
"""The report in Wagtail's own editor: drafts, revisions, autosave."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from desk.documents.lookups import report_for_writing
from desk.documents.policies import ReportPermissionPolicy
from docgen.models import Report
from docgen.services.reports import note_saved
from ui.links import url_for
from ui.viewsets import NeededAddresses


class ReportEditView(EditView):
    """Wagtail's editor; every saving is in the case's journal."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to the Word files."""
        return [
            HeaderButton(
                label=_("Word-filer"),
                url=url_for(self.object, "desk"),
                icon_name="doc-full",
            )
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here: the case, its report, the text."""
        return [*crumbs_to(self.object), {"url": "", "label": _("Text")}]

    def save_instance(self) -> Report:
        """Save as Wagtail does, and write the saving in the journal.

        Autosave overwrites its own revision every few seconds; one line tells of them all.
        """
        changed = self.form.has_changed()
        report: Report = super().save_instance()
        if changed and not self.request.POST.get("overwrite_revision_id"):
            note_saved(report=report, actor=self.request.user, revision=self.new_revision)
        return report


class ReportIndexView(IndexView):
    """The reports that the person may work with."""

    def get_base_queryset(self) -> Any:
        """Only what the access rule opens."""
        return self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["change"]
        ).select_related("case")

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's, without the boxes: nothing is done to many reports at once."""
        return [x for x in super().columns if not isinstance(x, BulkActionsCheckboxColumn)]


def crumbs_to(report: Report) -> list[dict[str, Any]]:
    """From the desk's first page to the report."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Att göra")},
        {"url": url_for(report.case, "desk"), "label": report.case.dnr},
        {"url": url_for(report, "desk"), "label": _("Tjänsteutlåtande")},
    ]


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that does not exist for those who may not see the report it is about."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = kwargs.get("pk")
        if number is not None:
            report_for_writing(request.user, int(number))
        return view(request, *args, **kwargs)

    return inner


def parts(name: str, heading: Any, *fields: str, label: Any = None, **limits: Any) -> InlinePanel:
    """An ordered list of parts in the editor."""
    return InlinePanel(
        name,
        heading=heading,
        label=label or heading,
        panels=[FieldPanel(field) for field in fields],
        **limits,
    )


class ReportViewSet(NeededAddresses, SnippetViewSet):
    """Reports in the admin: the list, the text and its versions.

    A report is found through its case. It is none of Wagtail's snippets to choose from or to treat
    in numbers: those pages ask no access rule.
    """

    unneeded = frozenset({"add", "delete", "usage", "unpublish", "revisions_unschedule"})

    model = Report
    icon = "doc-full"
    menu_label = _("Tjänsteutlåtanden")
    menu_order = 250
    add_to_admin_menu = True
    admin_url_namespace = "docgen_text"
    base_url_path = "tjansteutlatanden/text"
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_view_class = ReportEditView
    index_view_class = ReportIndexView
    list_display = [
        "title",
        Column("dnr", label=_("Diarienummer"), accessor="case.dnr"),
        Column("date", label=_("Datum"), accessor=lambda report: report.date.isoformat()),
    ]
    search_fields = ["title", "case__dnr"]
    search_backend_name = None
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("title"), FieldPanel("kind_line")], heading=_("Rubrik")
                    ),
                    InlinePanel(
                        "decision_groups",
                        heading=_("Förslag till beslut"),
                        label=_("beslutande organ"),
                        panels=[
                            FieldPanel("body"),
                            FieldPanel("lead"),
                            parts("points", _("Beslutspunkter"), "text", label=_("beslutspunkt")),
                        ],
                    ),
                    parts("sections", _("Avsnitt"), "heading", "level", "body", label=_("avsnitt")),
                    parts("attachments", _("Bilagor"), "text", label=_("bilaga")),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("administration"),
                            FieldPanel("department"),
                            FieldPanel("date"),
                        ],
                        heading=_("Avsändare"),
                    ),
                    parts(
                        "officers",
                        _("Handläggare"),
                        "name",
                        "phone",
                        "email",
                        label=_("handläggare"),
                        max_num=2,
                    ),
                    parts("recipients", _("Till"), "name", "meeting_date", label=_("mottagare")),
                    parts(
                        "signatories",
                        _("Underskrifter"),
                        "name",
                        "title",
                        label=_("underskrift"),
                        max_num=3,
                    ),
                ],
                heading=_("Avsändare och mottagare"),
            ),
            ObjectList(
                [
                    parts(
                        "dissents",
                        _("Reservationer och särskilda uttalanden"),
                        "kind",
                        "body",
                        "persons",
                        "proposal",
                        "text",
                        "note",
                        label=_("reservation"),
                    )
                ],
                heading=_("Reservationer"),
            ),
        ]
    )

    def register_chooser_viewset(self) -> None:
        """None: what it lists would be every report."""

    def register_snippet_model(self) -> None:
        """Not, since each snippet gets pages for many at once."""

    def register_reference_index(self) -> None:
        """Not, since the page or picture that a report refers to would tell of it."""

    @property
    def permission_policy(self) -> ReportPermissionPolicy:
        """The access rule instead of Django's model permissions."""
        return ReportPermissionPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's addresses, each behind the access rule."""
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = guarded(pattern.callback)
        return patterns
