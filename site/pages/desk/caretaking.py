# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case beside its way through the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.consultation import services as consultation
from casework.consultation.models import AnswerState, Consultee
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.register import services
from casework.register.models import Case, Record
from pages.desk import forms as desk_forms
from pages.desk.base import (
    DeskView,
    add_service_error,
    case_or_404,
    done,
    has_role,
    matter_url,
    may_handle,
    refuse,
)


@dataclass(frozen=True, slots=True)
class Caretaking:
    """One such thing: its words, its form, who may, when it is offered, what it calls."""

    label: Promise
    form: Callable[..., forms.Form]
    call: Callable[..., Any]
    officer_may: bool = True
    offered: Callable[[Case], bool] = lambda case: True
    needs_case: bool = False


def _correct_title(case: Case, *, value: str, reason: str, actor: User) -> None:
    services.correct(obj=case, field="title", value=value, reason=reason, actor=actor)


def _consult(
    case: Case, *, consultees: str, deadline: Any, question: str, none_reason: str, actor: User
) -> None:
    if consultees.strip():
        if deadline is None:
            raise ValidationError({"deadline": _("Ange när svaren ska ha kommit.")})
        consultation.open_consultation(
            case, consultees.splitlines(), deadline=deadline, question=question, actor=actor
        )
    else:
        consultation.decide_against(case, reason=none_reason, actor=actor)


CARETAKING: dict[str, Caretaking] = {
    "handlaggare": Caretaking(
        _l("Ange handläggare"), desk_forms.OfficerForm, services.assign_officer, needs_case=True
    ),
    "remiss": Caretaking(
        _l("Remittera"),
        desk_forms.ConsultationForm,
        _consult,
        offered=lambda case: not hasattr(case, "consultation"),
    ),
    "publicera": Caretaking(
        _l("Publicera i webbdiariet"),
        desk_forms.PublishForm,
        services.publish,
        officer_may=False,
        offered=lambda case: not case.is_secret and not case.is_published,
        needs_case=True,
    ),
    "avpublicera": Caretaking(
        _l("Ta bort från webbdiariet"),
        forms.Form,
        services.unpublish,
        officer_may=False,
        offered=lambda case: case.is_published,
    ),
    "koppla": Caretaking(
        _l("Koppla till ett annat ärende"), desk_forms.LinkForm, services.link_cases
    ),
    "ratta": Caretaking(
        _l("Rätta ärendemeningen"), desk_forms.CorrectTitleForm, _correct_title,
        officer_may=False, needs_case=True,
    ),
    "behorighet": Caretaking(
        _l("Ge en person behörighet"), desk_forms.GrantForm, services.grant_access
    ),
    "sekretess": Caretaking(
        _l("Sekretessmarkera"),
        desk_forms.SecrecyForm,
        services.mark_secret,
        offered=lambda case: not case.is_secret,
    ),
    "havsekretess": Caretaking(
        _l("Ta bort sekretessmarkeringen"),
        desk_forms.PlainReasonForm,
        services.lift_secrecy,
        officer_may=False,
        offered=lambda case: case.is_secret,
    ),
    "avsluta": Caretaking(
        _l("Avsluta ärendet"),
        desk_forms.CloseForm,
        services.close_case,
        offered=lambda case: case.closed_at is None and not hasattr(case, "initiative"),
    ),
    "oppna": Caretaking(
        _l("Öppna ärendet igen"),
        desk_forms.PlainReasonForm,
        services.reopen_case,
        officer_may=False,
        offered=lambda case: case.closed_at is not None and not hasattr(case, "initiative"),
    ),
}  # fmt: skip


def offered_to(user: User, case: Case) -> list[tuple[str, Caretaking]]:
    """What the person may do with the case, in the order of the table."""
    registrar, officer = has_role(user, Role.REGISTRAR, case), may_handle(user, case)
    return [
        (name, thing)
        for name, thing in CARETAKING.items()
        if (registrar or (officer and thing.officer_may)) and thing.offered(case)
    ]


class CaretakingView(DeskView):
    """One page for each of these things."""

    template_name = "desk/form.html"
    header_icon = "cog"
    crumbs = (("Ärenden", "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the case and the thing; refuse those who may not."""
        self.case = case_or_404(self.user, kwargs["pk"])
        if kwargs["name"] not in CARETAKING:
            raise Http404
        self.thing = CARETAKING[kwargs["name"]]
        if kwargs["name"] not in dict(offered_to(self.user, self.case)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb."""
        return str(self.thing.label)

    def make_form(self, data: Any = None) -> forms.Form:
        """The thing's form."""
        return (
            self.thing.form(data, case=self.case)
            if self.thing.needs_case
            else self.thing.form(data)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form,
            case=self.case,
            submit_label=self.thing.label,
            back=matter_url(None, self.case),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or show again what was typed with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                self.thing.call(self.case, actor=self.user, **form.cleaned_data)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(request, _("Klart."), matter_url(None, self.case))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RecordActionView(DeskView):
    """Publish, hide or void a record."""

    template_name = "desk/form.html"
    header_icon = "cross"
    page_title = "Makulera handlingen"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record; only registrars."""
        self.record = get_object_or_404(
            Record.objects.visible_to(self.user).select_related(
                "case__entry__series", "case__authority", "case__service_area", "entry"
            ),
            pk=kwargs["pk"],
        )
        if not has_role(self.user, Role.REGISTRAR, self.record.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The reason's form, with the number on the button."""
        form = kwargs.pop("form", None) or desk_forms.PlainReasonForm()
        return super().get_context_data(
            form=form,
            case=self.record.case,
            submit_label=_("Makulera %(dnr)s") % {"dnr": self.record.dnr},
            back=matter_url(None, self.record.case),
            intro=_("Handlingen står kvar i diariet som makulerad. Numret används aldrig igen."),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out what the button says."""
        back = matter_url(None, self.record.case)
        what = kwargs["name"]
        try:
            if what in {"publicera", "dolj"}:
                services.publish_record(
                    record=self.record, actor=self.user, published=what == "publicera"
                )
                return done(request, _("Klart."), back)
            form = desk_forms.PlainReasonForm(request.POST)
            if form.is_valid():
                services.void_record(record=self.record, actor=self.user, **form.cleaned_data)
                return done(request, _("%(dnr)s är makulerad.") % {"dnr": self.record.dnr}, back)
        except ValidationError as error:
            return refuse(request, error, back)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ConsulteeView(DeskView):
    """Note a consultee's answer."""

    template_name = "desk/form.html"
    page_title = "Anteckna remissvar"

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
        form.fields["answered_on"] = desk_forms.Day(label=_("Svarade"), required=False)
        form.fields["summary"] = desk_forms.Prose(label=_("Svaret i korthet"), required=False)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form,
            case=self.case,
            intro=self.consultee.name,
            submit_label=_("Anteckna"),
            back=matter_url(None, self.case),
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
                return done(request, _("Antecknat."), matter_url(None, self.case))
        return self.render_to_response(self.get_context_data(form=form), status=422)
