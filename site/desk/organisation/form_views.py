# SPDX-License-Identifier: EUPL-1.2
"""The city's form: its versions, the draft, its looks, what it changes, taking it into use (R43).

A version that was in use never changes; initiatives keep the one they were begun on (R51).
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import FormState, Part
from casework.initiatives.models import FormVersion
from casework.initiatives.selectors import diff_of_versions
from casework.initiatives.services import draft_form, save_form, take_form_into_use
from desk.organisation.question_forms import VersionForm, questions_formset
from ui.administrator import AdministratorMixin
from ui.answer_fields import AnswersForm
from ui.base import DeskView, add_service_error, done, refuse


class FormVersionsView(AdministratorMixin, DeskView):
    """All versions, and a draft of the next."""

    template_name = "desk/organisation/forms.html"
    header_icon = "form"
    page_title = _("Formulär")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The versions, the newest first."""
        versions = list(FormVersion.objects.all())
        draft = next((row for row in versions if row.state == FormState.DRAFT), None)
        return super().get_context_data(versions=versions, draft=draft, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin a draft of what is used."""
        draft = draft_form(actor=self.user)
        return done(
            request,
            _g("Utkastet %(form)s är påbörjat. Formuläret som används ändras inte.")
            % {"form": draft},
            reverse("desk_form_draft", args=[draft.pk]),
        )


class FormVersionMixin(AdministratorMixin):
    """A page of one version."""

    crumbs: tuple[Any, ...] = ((_("Formulär"), "desk_forms"),)
    header_icon = "form"
    version: FormVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the version."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.version = get_object_or_404(FormVersion, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """Its name."""
        return str(self.version)


class FormVersionView(FormVersionMixin, DeskView):
    """One version as those who answer see it, and what it changes."""

    template_name = "desk/organisation/form_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The questions by part and step; the difference to the version it builds on."""
        version = self.version
        return super().get_context_data(
            version=version,
            is_draft=version.state == FormState.DRAFT,
            steps=preview_of(version),
            diff=diff_of_versions(version.based_on, version) if version.based_on else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it into use."""
        here = reverse("desk_form", args=[self.version.pk])
        try:
            row = take_form_into_use(form_version=self.version, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, here)
        return done(
            request,
            _g("%(form)s används nu. Initiativ som är påbörjade behåller sitt formulär.")
            % {"form": row},
            here,
        )


class FormDraftView(FormVersionMixin, DeskView):
    """The draft's questions: change, add, take away, put in order."""

    template_name = "desk/organisation/form_draft.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A version that is or was used is only looked at."""
        response = super().dispatch(request, *args, **kwargs)
        if self.version.state != FormState.DRAFT:
            return redirect("desk_form", self.version.pk)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms."""
        return super().get_context_data(
            version=self.version,
            form=kwargs.pop("form", None) or VersionForm(instance=self.version),
            questions=kwargs.pop("questions", None) or questions_formset(self.version, extra=1),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save all questions; nothing of what was typed is lost when one is wrong."""
        if self.version.state != FormState.DRAFT:
            raise PermissionDenied(_g("Versionen används. Börja ett nytt utkast."))
        form = VersionForm(request.POST, instance=self.version)
        questions = questions_formset(self.version, request.POST)
        if form.is_valid() and questions.is_valid():
            try:
                save_form(
                    form_version=self.version,
                    questions=questions.rows(),
                    actor=self.user,
                    **form.cleaned_data,
                )
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                where = "desk_form_draft" if "more" in request.POST else "desk_form"
                return done(
                    request,
                    _g("Utkastet %(form)s är sparat.") % {"form": self.version},
                    reverse(where, args=[self.version.pk]),
                )
        return self.render_to_response(
            self.get_context_data(form=form, questions=questions), status=422
        )


def preview_of(version: FormVersion) -> list[tuple[str, AnswersForm]]:
    """The form as it will be met: by who answers and step, with the very fields that are used."""
    order = {part: place for place, part in enumerate(Part.values)}
    rows = sorted(
        version.questions.all(), key=lambda row: (order[row.part], row.step, row.position)
    )
    found = []
    for (part, step), questions in groupby(rows, key=lambda row: (row.part, row.step)):
        label = _g("%(who)s, steg %(step)s") % {"who": Part(part).label, "step": step}
        found.append((label, AnswersForm(questions=questions, answers={}, prefix=f"{part}-{step}")))
    return found
