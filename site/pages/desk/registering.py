# SPDX-License-Identifier: EUPL-1.2
"""The registrar's work: the inbox, an initiative's number, letters, records, disclosure."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.feedback.services import acknowledge
from casework.organisation.enums import Role
from casework.process import services as process_services
from casework.process.enums import Stage
from casework.process.mandates import diary_authority
from casework.process.worklist import visible_processes
from casework.register import services
from casework.register.models import Case, DisclosureRequest, NumberSeries, Record
from pages.desk.base import (
    DeskView,
    add_service_error,
    case_or_404,
    done,
    initiative_or_404,
    matter_url,
)
from pages.desk.forms import (
    DisclosureAnswerForm,
    LetterForm,
    RecordForm,
    RegisterInitiativeForm,
)


class RegistrarView(DeskView):
    """A page for registrars only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse everybody else."""
        if not self.user.appointments.in_force().filter(role=Role.REGISTRAR).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class InboxView(RegistrarView):
    """What waits to be registered or answered."""

    template_name = "desk/inbox.html"
    header_icon = "download"
    page_title = "Inkorg"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Sent-in initiatives, oldest first, and open requests for records."""
        waiting = (
            visible_processes(self.user)
            .filter(stage=Stage.SENT)
            .select_related("initiative__batch", "initiative__administration")
            .order_by("entered_at")
        )
        return super().get_context_data(
            waiting=waiting,
            requests=DisclosureRequest.objects.filter(answered_at=None),
            **kwargs,
        )


class FormView(RegistrarView):
    """A form whose sending is one service call."""

    template_name = "desk/form.html"
    submit_label = "Spara"
    intro = ""

    def make_form(self, data: Any = None, files: Any = None) -> BaseForm:
        """The page's form."""
        raise NotImplementedError

    def carry_out(self, form: Any) -> HttpResponse:
        """Call the service."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form, submit_label=self.submit_label, intro=self.intro, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry it out, or show again what was typed with what is wrong."""
        form: Any = self.make_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                return self.carry_out(form)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RegisterInitiativeView(FormView):
    """Give a sent-in initiative its number."""

    header_icon = "check"
    page_title = "Registrera initiativet"
    submit_label = "Registrera och ge diarienummer"
    crumbs = (("Inkorg", "desk_inbox"),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the initiative, or answer as if it did not exist."""
        super().setup(request, *args, **kwargs)
        self.initiative = initiative_or_404(self.user, kwargs["pk"])

    def make_form(self, data: Any = None, files: Any = None) -> RegisterInitiativeForm:
        """Title and date as they came in; the registrar checks them."""
        authority = diary_authority()
        assert authority is not None  # the preset has it
        initiative = self.initiative
        sent = initiative.batch.sent_at if initiative.batch else timezone.now()
        return RegisterInitiativeForm(
            data,
            authority=authority,
            initial={
                "title": initiative.title,
                "received_date": timezone.localdate(sent),
            },
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also what was sent in, to check against."""
        return super().get_context_data(
            initiative=self.initiative, benefits=self.initiative.benefit_list(), **kwargs
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Register; the number stands on the next page at once."""
        authority = diary_authority()
        series = NumberSeries.objects.get(code=authority.code if authority else "")
        case = process_services.register(
            self.initiative, series, actor=self.user, **form.cleaned_data
        )
        return done(
            self.request,
            _("Registrerat som %(dnr)s. En mottagningsbekräftelse skickas.") % {"dnr": case.dnr},
            matter_url(None, case),
        )


class RegisterLetterView(FormView):
    """Register what came from outside."""

    header_icon = "plus"
    page_title = "Registrera"
    submit_label = "Registrera"
    intro = "En skrivelse utifrån blir ett nytt ärende, eller en handling i ett som finns."

    def make_form(self, data: Any = None, files: Any = None) -> LetterForm:
        """The letter's form; a link from a case fills in its number."""
        initial = {"existing": self.request.GET.get("dnr", "")}
        return LetterForm(data, files, user=self.user, initial=initial)

    @transaction.atomic
    def carry_out(self, form: Any) -> HttpResponse:
        """A case with its first record, or a record; all or nothing."""
        data = form.cleaned_data
        case = form.case or services.register_case(
            actor=self.user,
            series=data["series"],
            title=data["title"],
            received_date=data["received_date"],
            case_type=data["case_type"],
            party=data["party"],
            party_public=data["party_public"],
            secrecy_provision=data["secrecy_provision"],
            token=data["token"],
        )
        if not Record.objects.filter(case=case).exists() or form.case:
            record_fields = ("title", "received_date", "party", "party_public", "files")
            services.register_record(
                actor=self.user,
                case=case,
                direction="in",
                secrecy_provision=data["secrecy_provision"],
                token=data["token"] if form.case else None,
                **{field: data[field] for field in record_fields},
            )
            if data["sender_email"] and not form.case:
                acknowledge(case, data["sender_email"])
        return done(
            self.request,
            _("Registrerat i %(dnr)s.") % {"dnr": case.dnr},
            matter_url(None, case),
        )


class RegisterRecordView(FormView):
    """Register a record in a case."""

    header_icon = "doc-full"
    page_title = "Registrera handling"
    submit_label = "Registrera handlingen"
    crumbs = (("Ärenden", "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the case; registrars and its officer register."""
        self.case: Case = case_or_404(self.user, kwargs["pk"])
        roles = self.user.appointments.in_force().filter(
            role__in=[Role.REGISTRAR, Role.OFFICER], authority=self.case.authority
        )
        if not roles.exists():
            raise PermissionDenied
        return super(RegistrarView, self).dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> RecordForm:
        """The record's form."""
        return RecordForm(data, files)

    def carry_out(self, form: Any) -> HttpResponse:
        """Register it with the case's next number."""
        record = services.register_record(actor=self.user, case=self.case, **form.cleaned_data)
        return done(
            self.request,
            _("Registrerad som %(dnr)s.") % {"dnr": record.dnr},
            matter_url(None, self.case),
        )


class AnswerDisclosureView(FormView):
    """Note how a request to see a record was answered."""

    header_icon = "mail"
    page_title = "Besvara begäran om utlämnande"
    submit_label = "Anteckna svaret"
    crumbs = (("Inkorg", "desk_inbox"),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the request."""
        super().setup(request, *args, **kwargs)
        self.disclosure = get_object_or_404(DisclosureRequest, pk=kwargs["pk"])

    def make_form(self, data: Any = None, files: Any = None) -> DisclosureAnswerForm:
        """The answer's form."""
        return DisclosureAnswerForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also what is asked for."""
        return super().get_context_data(disclosure=self.disclosure, **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Note it."""
        services.answer_disclosure(
            request=self.disclosure, answer=form.cleaned_data["answer"], actor=self.user
        )
        return done(self.request, _("Svaret är antecknat."), reverse("desk_inbox"))
