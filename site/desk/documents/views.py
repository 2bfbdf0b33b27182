# SPDX-License-Identifier: EUPL-1.2
"""The report's page at the desk: its Word files, their state, and what comes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from casework.organisation.models import User
from casework.register.models import Case
from desk.documents.lookups import case_for_writing, report_for_writing
from desk.documents.viewsets import crumbs_to
from docgen import pdf, services
from docgen.enums import GenerationState
from docgen.models import GeneratedDocument, Report, ReturnedDocument
from docgen.obstacles import obstacles
from docgen.permissions import may_finish_report
from docgen.sections import empty_sections
from docgen.services.finishing import WORD
from ui.base import done, refuse
from ui.downloads import attachment
from ui.links import url_for


def _person(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # the admin's address space requires sign-in
    return user


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """What there is of the report, what to do with it, and its earlier versions."""

    template_name = "desk/documents/report.html"
    header_icon = "doc-full"
    _show_breadcrumbs = True
    report: Report

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the report, or answer as if there were none."""
        super().setup(request, *args, **kwargs)
        self.report = report_for_writing(request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        """The thing; Wagtail adds the place."""
        return _("Tjänsteutlåtande %(dnr)s") % {"dnr": self.report.case.dnr}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return crumbs_to(self.report)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest text and the files."""
        context = super().get_context_data(**kwargs)
        newest = self.report.get_latest_revision_as_object()
        content = services.building.content_of(newest)
        context.update(
            report=self.report,
            newest=newest,
            content=content,
            empty_sections=empty_sections(content),
            obstacles=obstacles(content),
            revision=self.report.latest_revision,
            may_finish=may_finish_report(_person(self.request), self.report.case),
            returned=self.report.returned.select_related("uploaded_by"),
            **_files(self.report),
        )
        return context


def _files(report: Report) -> dict[str, Any]:
    documents = list(report.documents.select_related("created_by", "report__case", "record"))
    newest = documents[0] if documents else None
    made_of = newest.revision_number if newest else None
    return {
        "documents": documents,
        "newest_document": newest,
        "registered": [row for row in documents if row.record_id],
        "is_underway": bool(newest and newest.is_underway),
        "text_has_changed": made_of is not None and made_of != report.latest_revision_id,
        "pdf_possible": pdf.available(),
    }


class StartView(WagtailAdminTemplateMixin, TemplateView):
    """Begin the case's report, or go to the one that there is."""

    template_name = "desk/documents/start.html"
    page_title = _lazy("Skriv tjänsteutlåtande")
    header_icon = "doc-full"
    _show_breadcrumbs = True
    case: Case

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The case for those who write there."""
        self.case = case_for_writing(request.user, kwargs["case_id"])
        report = services.report_of(self.case)
        if report is not None:
            return redirect("docgen:report", report.pk)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin."""
        try:
            report = services.create_report(case=self.case, actor=_person(request))
        except ValidationError as error:
            return refuse(request, error, url_for(self.case, "desk"))
        return redirect("docgen_text:edit", report.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Att göra")},
            {"url": url_for(self.case, "desk"), "label": self.case.dnr},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case."""
        return {**super().get_context_data(**kwargs), "case": self.case}


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the text a record of the case."""
    report = report_for_writing(request.user, pk)
    here = url_for(report, "desk")
    try:
        record = services.finish_report(report=report, actor=_person(request))
    except (ValidationError, PermissionDenied) as error:
        return refuse(request, error, here)
    sentence = _("Tjänsteutlåtandet är färdigt och registrerat som handling %(dnr)s.")
    return done(request, sentence % {"dnr": record.dnr}, here)


@require_POST
def weed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft away."""
    report = report_for_writing(request.user, pk)
    case = report.case
    try:
        services.weed_report(report=report, actor=_person(request))
    except (ValidationError, PermissionDenied) as error:
        return refuse(request, error, url_for(report, "desk"))
    return done(request, _("Utkastet är rensat."), url_for(case, "desk"))


@require_POST
def generate(request: HttpRequest, pk: int) -> HttpResponse:
    """Order a Word file."""
    report = report_for_writing(request.user, pk)
    try:
        document = services.request_generation(report=report, actor=_person(request))
    except ValidationError as error:
        return refuse(request, error, url_for(report, "desk"))
    messages.success(request, _("Word-fil %(number)s är beställd.") % {"number": document.number})
    return redirect("docgen:report", report.pk)


@require_GET
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of files alone, for a page that waits."""
    report = report_for_writing(request.user, pk)
    response = render(request, "desk/documents/files.html", {"report": report, **_files(report)})
    response["Cache-Control"] = "no-store"
    return response


def _document(request: HttpRequest, pk: int) -> GeneratedDocument:
    document = GeneratedDocument.objects.select_related("report__case").filter(pk=pk).first()
    if document is None or document.state != GenerationState.DONE:
        raise Http404
    report_for_writing(request.user, document.report_id)
    return document


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The Word file, as an attachment."""
    document = _document(request, pk)
    return attachment(document.file, name=document.filename, content_type=WORD)


@require_POST
def make_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Order a PDF of a Word file."""
    document = _document(request, pk)
    services.request_pdf(document=document, actor=_person(request))
    return redirect("docgen:report", document.report_id)


@require_GET
def download_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF, as an attachment."""
    document = _document(request, pk)
    if document.pdf_state != GenerationState.DONE:
        raise Http404
    name = document.filename.removesuffix("docx") + "pdf"
    return attachment(document.pdf_file, name=name, content_type="application/pdf")


@never_cache
@require_GET
def signed_in(request: HttpRequest) -> JsonResponse:
    """Whether the session lives, asked by an editor before it sends; and the form's new token.

    Whoever has signed in again in another tab can go on in the one with the text (S3).
    """
    return JsonResponse({"token": get_token(request)})


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a Word file back and show what it changes."""
    report = report_for_writing(request.user, pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Välj den Word-fil som har kommit tillbaka."))
        return redirect("docgen:report", report.pk)
    try:
        row = services.receive_returned(report=report, file=file, actor=_person(request))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("docgen:report", report.pk)
    return redirect("docgen:returned", row.pk)


class ReturnedView(WagtailAdminTemplateMixin, TemplateView):
    """What a returned file changes; the officer ticks what to take over."""

    template_name = "desk/documents/returned.html"
    header_icon = "doc-full-inverse"
    _show_breadcrumbs = True
    row: ReturnedDocument

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the file, or answer as if there were none."""
        super().setup(request, *args, **kwargs)
        row = ReturnedDocument.objects.select_related("report__case").filter(pk=kwargs["pk"])
        found = row.first()
        if found is None:
            raise Http404
        report_for_writing(request.user, found.report_id)
        self.row = found

    def get_page_title(self) -> str:
        """The thing; Wagtail adds the place."""
        return _("Ändringar i %(name)s") % {"name": self.row.original_name}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*crumbs_to(self.row.report), {"url": "", "label": self.row.original_name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The changes with their numbers."""
        context = super().get_context_data(**kwargs)
        context.update(
            row=self.row,
            report=self.row.report,
            changes=list(enumerate(self.row.changes)),
            other_case=any(change["key"] == "dnr" for change in self.row.changes),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take over what was ticked."""
        chosen = [int(x) for x in request.POST.getlist("change") if x.isascii() and x.isdecimal()]
        try:
            services.apply_returned(row=self.row, chosen=chosen, actor=_person(request))
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return redirect("docgen:returned", self.row.pk)
        messages.success(request, _("Ändringarna är införda i texten."))
        return redirect("docgen:report", self.row.report_id)
