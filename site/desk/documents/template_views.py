# SPDX-License-Identifier: EUPL-1.2
"""The city's Word templates: put one in, read what the check says, take it into use (R51, R60)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from docgen import services
from docgen.models import DocumentTemplate
from docgen.permissions import require_template_keeper
from docgen.services.finishing import WORD
from docgen.services.generation import SHIPPED
from ui.administrator import AdministratorMixin
from ui.base import DeskView, FormView, done, refuse
from ui.downloads import attachment


class TemplateForm(forms.Form):
    """A template that is put in."""

    name = forms.CharField(label=_("Mallens namn"), max_length=120, initial=_("Tjänsteutlåtande"))
    version = forms.CharField(
        label=_("Version"), max_length=40, help_text=_("Till exempel 2 eller 2027-01.")
    )
    file = forms.FileField(
        label=_("Word-mall (.docx)"),
        help_text=_("Mallen kontrolleras. Har den fel läggs den inte in, och felen visas här."),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_ATTACHMENT_BYTES:
            raise ValidationError(
                _g("Filen är %(size)s MB. Största tillåtna storlek är %(most)s MB.")
                % {"size": file.size >> 20, "most": settings.MAX_ATTACHMENT_BYTES >> 20}
            )
        return file


class TemplatesView(AdministratorMixin, FormView):
    """The templates that there are, and a form for another."""

    template_name = "desk/documents/templates.html"
    header_icon = "doc-full"
    page_title = _("Word-mallar")
    submit_label = _("Lägg in och kontrollera mallen")

    def make_form(self, data: Any = None, files: Any = None) -> TemplateForm:
        """The form."""
        return TemplateForm(data, files)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The templates, the newest first, and which one is used."""
        rows = list(DocumentTemplate.objects.select_related("created_by"))
        return super().get_context_data(
            templates=rows,
            shipped_is_used=not any(row.is_active for row in rows),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go back to the shipped one, or put in the one that was sent."""
        if "shipped" in request.POST:
            services.use_shipped_template(actor=self.user)
            return done(
                request, _g("Produktens egen mall används nu."), reverse("docgen:templates")
            )
        return super().post(request, *args, **kwargs)

    def carry_out(self, form: TemplateForm) -> HttpResponse:
        """Check and keep it."""
        row = services.upload_template(
            data=form.cleaned_data["file"].read(),
            name=form.cleaned_data["name"],
            version=form.cleaned_data["version"],
            actor=self.user,
        )
        return done(
            self.request,
            _g("%(template)s är inlagd. Läs vad kontrollen säger och ta den sedan i bruk.")
            % {"template": row},
            reverse("docgen:template", args=[row.pk]),
        )


class TemplateView(AdministratorMixin, DeskView):
    """One template: what the check says of it, and the button that takes it into use."""

    template_name = "desk/documents/template.html"
    header_icon = "doc-full"
    crumbs = ((_("Word-mallar"), "docgen:templates"),)
    row: DocumentTemplate

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the template."""
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(DocumentTemplate, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """Its name and version."""
        return str(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The check's report, made anew."""
        with self.row.file.open("rb") as file:
            found = services.check_report(file.read())
        return super().get_context_data(row=self.row, found=found, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it into use."""
        here = reverse("docgen:template", args=[self.row.pk])
        try:
            row = services.take_template_into_use(template=self.row, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, here)
        return done(
            request, _g("%(template)s används nu för nya Word-filer.") % {"template": row}, here
        )


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The template's file; 0 is the one that comes with the product."""
    require_template_keeper(request.user)  # type: ignore[arg-type]  # sign-in is required here
    if pk == 0:
        return attachment(SHIPPED, name="tjansteutlatande.docx", content_type=WORD)
    row = get_object_or_404(DocumentTemplate, pk=pk)
    return attachment(row.file, name=f"mall-{row.version}.docx", content_type=WORD)
