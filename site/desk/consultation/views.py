# SPDX-License-Identifier: EUPL-1.2
"""Noting what the consultees and the experts answered."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.consultation import services
from casework.consultation.enums import AnswerState, Position
from casework.consultation.models import Consultation, Consultee, ExpertRequest
from casework.consultation.permissions import may_answer, may_answer_request, may_consult
from casework.initiatives.selectors import answers_of
from casework.organisation.models import User
from casework.register.models import Case, Record
from desk.consultation import forms
from ui.base import DeskView, FormView, done, refuse
from ui.links import url_for
from ui.lookups import case_or_404


class CasePage(FormView):
    """A form about something of a case."""

    template_name = "desk/consultation/answer.html"
    case: Case
    name = ""
    question = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case, what is asked and what it is about as far as the person sees it, the way back.

        Who is asked has the matter beside the answer, and need not look for it (R23, R65).
        """
        shown = Case.objects.shown_to(self.user).filter(pk=self.case.pk).first()
        initiative = getattr(shown, "initiative", None) if shown else None
        is_internal = bool(getattr(shown, "is_internal", False))
        return super().get_context_data(
            case=shown or self.case,
            question=self.question,
            is_open=shown is not None,
            initiative=initiative,
            answers=answers_of(initiative) if initiative and is_internal else [],
            back=url_for(self.case, "desk"),
            **{**kwargs, "intro": self.name},
        )


class ConsulteeView(CasePage):
    """Note a consultee's answer; the answer becomes a record."""

    page_title = _l("Anteckna remissvar")
    submit_label = _l("Anteckna")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the consultee through its case; who handles it or speaks for the asked notes."""
        self.consultee = get_object_or_404(
            Consultee.objects.select_related("consultation__case"), pk=kwargs["pk"]
        )
        self.case = case_or_404(self.user, self.consultee.consultation.case_id)
        if not may_answer(self.user, self.consultee):
            raise PermissionDenied
        self.name = self.consultee.name
        self.question = self.consultee.consultation.question
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> forms.AnswerForm:
        """What happened, when, and what it says in short."""
        return forms.AnswerForm(data, files)

    def carry_out(self, form: Any) -> HttpResponse:
        """Note it."""
        services.note_answer(consultee=self.consultee, actor=self.user, **form.cleaned_data)
        return done(
            self.request,
            _("Svaret från %(name)s är antecknat.") % {"name": self.name},
            url_for(self.case, "desk"),
        )


class ExtendView(ConsulteeView):
    """Give a consultee more time."""

    page_title = _l("Förläng svarstiden")
    submit_label = _l("Förläng")

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        """Until when, and why."""
        return forms.ExtensionForm(data, consultee=self.consultee)

    def carry_out(self, form: Any) -> HttpResponse:
        """Extend it."""
        services.extend_consultee(consultee=self.consultee, actor=self.user, **form.cleaned_data)
        return done(self.request, _("Svarstiden är förlängd."), url_for(self.case, "desk"))


class SynthesisView(DeskView):
    """All answers of a remiss side by side, by where the consultees stand; made to print (R65)."""

    template_name = "desk/consultation/synthesis.html"
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the remiss through its case; it is read by those who have the internal face."""
        self.consultation = get_object_or_404(
            Consultation.objects.select_related("case"), pk=kwargs["pk"]
        )
        self.case = case_or_404(self.user, self.consultation.case_id)
        if not getattr(self.case, "is_internal", False):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Which remiss."""
        return _("Sammanställning av %(remiss)s") % {"remiss": str(self.consultation).lower()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The answers by position, how many of each, and those without an answer."""
        rows = list(self.consultation.consultees.select_related("administration", "record"))
        answered = [row for row in rows if row.state == AnswerState.ANSWERED]
        groups = [
            (label, [row for row in answered if row.position == code])
            for code, label in [*Position.choices, ("", _("Utan ställningstagande"))]
        ]
        seen = set(
            Record.objects.visible_to(self.user)
            .filter(pk__in=[row.record_id for row in rows if row.record_id])
            .values_list("pk", flat=True)
        )
        return super().get_context_data(
            case=self.case,
            consultation=self.consultation,
            groups=[(label, found) for label, found in groups if found],
            silent=[row for row in rows if row.state != AnswerState.ANSWERED],
            asked=len(rows),
            answered=len(answered),
            records=seen,
            back=url_for(self.case, "desk"),
            **kwargs,
        )


class CloseView(DeskView):
    """Close a consultation; those who have not answered are noted so."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it."""
        row = get_object_or_404(Consultation.objects.select_related("case"), pk=kwargs["pk"])
        case = case_or_404(self.user, row.case_id)
        if not may_consult(self.user, case):
            raise PermissionDenied
        back = url_for(case, "desk")
        try:
            services.close_consultation(consultation=row, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)
        return done(request, _("%(name)s är avslutad.") % {"name": row}, back)


class ExpertView(CasePage):
    """The expert answers (R23)."""

    page_title = _l("Yttra dig som sakkunnig")
    submit_label = _l("Lämna yttrandet")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only the one who was asked."""
        self.asked = get_object_or_404(
            ExpertRequest.objects.select_related("initiative__case"), pk=kwargs["pk"]
        )
        if not may_answer_request(self.user, self.asked) or self.asked.initiative.case is None:
            raise Http404
        self.case = self.asked.initiative.case
        self.question = self.asked.question
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> forms.ExpertAnswerForm:
        """The answer."""
        return forms.ExpertAnswerForm(data)

    def carry_out(self, form: Any) -> HttpResponse:
        """Keep it, as a record."""
        services.answer_expert(request=self.asked, actor=self.user, **form.cleaned_data)
        # The access that the question gave ends with the answer.
        may_stay = Case.objects.visible_to(User.objects.get(pk=self.user.pk)).filter(
            pk=self.case.pk
        )
        after = url_for(self.case, "desk") if may_stay.exists() else reverse("wagtailadmin_home")
        return done(self.request, _("Ditt yttrande är lämnat."), after)


class WithdrawExpertView(DeskView):
    """Take back a question to an expert."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Withdraw it."""
        row = get_object_or_404(
            ExpertRequest.objects.select_related("initiative__case"), pk=kwargs["pk"]
        )
        case = case_or_404(self.user, row.initiative.case_id or 0)
        back = url_for(case, "desk")
        try:
            services.withdraw_expert(request=row, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)
        return done(request, _("Frågan till %(name)s är återtagen.") % {"name": row.user}, back)
