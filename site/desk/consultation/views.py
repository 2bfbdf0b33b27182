# SPDX-License-Identifier: EUPL-1.2
"""Noting what the consultees answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.consultation import services as consultation
from casework.consultation.models import AnswerState, Consultee
from casework.organisation.enums import Role
from ui.base import DeskView, add_service_error, done
from ui.forms import (
    Day,
    Prose,
)
from ui.links import url_for
from ui.lookups import case_or_404, has_role, may_handle


class ConsulteeView(DeskView):
    """Note a consultee's answer."""

    template_name = "desk/form.html"
    page_title = _l("Anteckna remissvar")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the consultee through its case; registrars and the officer note."""
        self.consultee = get_object_or_404(
            Consultee.objects.select_related("consultation"), pk=kwargs["pk"]
        )
        self.case = case_or_404(self.user, self.consultee.consultation.case_id)
        if not (has_role(self.user, Role.REGISTRAR, self.case) or may_handle(self.user, self.case)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> forms.Form:
        """What happened, when, and what it says in short."""
        form = forms.Form(data)
        form.fields["state"] = forms.ChoiceField(
            label=_("Vad hände?"), choices=AnswerState, initial=AnswerState.ANSWERED,
            widget=forms.RadioSelect,
        )  # fmt: skip
        form.fields["answered_on"] = Day(label=_("Svarade"), required=False)
        form.fields["summary"] = Prose(label=_("Svaret i korthet"), required=False)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form,
            case=self.case,
            intro=self.consultee.name,
            submit_label=_("Anteckna"),
            back=url_for(self.case, "desk"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note it."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                consultation.note_answer(self.consultee, actor=self.user, **form.cleaned_data)
            except ValidationError as error:
                add_service_error(form, error)
            else:
                return done(request, _("Antecknat."), url_for(self.case, "desk"))
        return self.render_to_response(self.get_context_data(form=form), status=422)
