# SPDX-License-Identifier: EUPL-1.2
"""The registrar's work: an initiative's number, letters, records, disclosure."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.feedback.services import acknowledge
from casework.initiatives.selectors import answers_of
from casework.organisation.enums import Role
from casework.organisation.selectors import roles_of
from casework.process import services as process_services
from casework.process.mandates import diary_authority
from casework.register import services
from casework.register.models import Case, DisclosureRequest
from casework.register.permissions import may_register_record
from desk.register.forms import (
    DisclosureAnswerForm,
    DisclosureDecisionForm,
    LetterForm,
    RecordForm,
    RegisterInitiativeForm,
)
from ui.base import DeskView, FormView, done
from ui.links import url_for
from ui.lookups import case_or_404, initiative_or_404


class RegistrarView(DeskView):
    """A page for registrars only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse everybody else."""
        if Role.REGISTRAR not in roles_of(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RegistrarFormView(RegistrarView, FormView):
    """A registrar's form."""


class RegisterInitiativeView(RegistrarFormView):
    """Give a sent-in initiative its number."""

    template_name = "desk/register/register_initiative.html"
    header_icon = "check"
    page_title = _l("Registrera initiativet")
    submit_label = _l("Registrera och ge diarienummer")
    crumbs = ((_l("Inkorg"), "desk_inbox"),)

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
            initiative=self.initiative, answers=answers_of(self.initiative), **kwargs
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Register; the number stands on the next page at once."""
        case = process_services.register(
            initiative=self.initiative, actor=self.user, **form.cleaned_data
        )
        candidacy = case.initiative.process.candidacy
        where = (
            _("Det är med i %(round)s.") % {"round": candidacy.round}
            if candidacy
            else _("Ingen omgång är öppen; det följer med när nästa öppnas.")
        )
        return done(
            self.request,
            _("Registrerat som %(dnr)s. En mottagningsbekräftelse skickas. %(where)s")
            % {"dnr": case.dnr, "where": where},
            url_for(case, "desk"),
        )


class RegisterLetterView(RegistrarFormView):
    """Register what came from outside."""

    header_icon = "plus"
    page_title = _l("Registrera")
    submit_label = _l("Registrera")
    intro = _l("En skrivelse utifrån blir ett nytt ärende, eller en handling i ett som finns.")

    def make_form(self, data: Any = None, files: Any = None) -> LetterForm:
        """The letter's form; a link from a case fills in its number."""
        initial = {"existing": self.request.GET.get("dnr", "")}
        return LetterForm(data, files, user=self.user, initial=initial)

    def carry_out(self, form: Any) -> HttpResponse:
        """A case with its first record, or a record; all or nothing."""
        data = form.cleaned_data
        case, record = services.register_letter(
            case=form.case,
            series=data["series"],
            actor=self.user,
            title=data["title"],
            received_date=data["received_date"],
            case_type=data["case_type"],
            officer=data["officer"],
            party=data["party"],
            party_public=data["party_public"],
            title_public=data["title_public"],
            secrecy_provision=data["secrecy_provision"],
            files=data["files"],
            token=data["token"],
        )
        if data["sender_email"] and form.case is None:
            acknowledge(case=case, address=data["sender_email"])
        return done(
            self.request,
            _("Registrerat som %(dnr)s.") % {"dnr": record.dnr if form.case else case.dnr},
            url_for(case, "desk"),
        )


class RegisterRecordView(FormView):
    """Register a record in a case."""

    header_icon = "doc-full"
    page_title = _l("Registrera handling")
    submit_label = _l("Registrera handlingen")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the case; registrars and its officer register."""
        self.case: Case = case_or_404(self.user, kwargs["pk"])
        if not may_register_record(self.user, self.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> RecordForm:
        """The record's form."""
        return RecordForm(data, files)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case into which it is registered stands on the page."""
        return super().get_context_data(case=self.case, back=url_for(self.case, "desk"), **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Register it with the case's next number."""
        record = services.register_record(case=self.case, actor=self.user, **form.cleaned_data)
        return done(
            self.request,
            _("Registrerad som %(dnr)s.") % {"dnr": record.dnr},
            url_for(self.case, "desk"),
        )


class AnswerDisclosureView(RegistrarFormView):
    """Note how a request to see a record was answered."""

    template_name = "desk/register/answer_disclosure.html"
    header_icon = "mail"
    page_title = _l("Besvara begäran om utlämnande")
    submit_label = _l("Anteckna svaret")
    crumbs = ((_l("Inkorg"), "desk_inbox"),)

    @cached_property
    def disclosure(self) -> DisclosureRequest:
        """The request, looked for only when the person's role has been asked for."""
        return get_object_or_404(DisclosureRequest, pk=self.kwargs["pk"])

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        """The answer's form."""
        return DisclosureAnswerForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also what is asked for."""
        return super().get_context_data(disclosure=self.disclosure, **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Note it."""
        services.answer_disclosure(request=self.disclosure, actor=self.user, **form.cleaned_data)
        return done(self.request, _("Svaret är antecknat."), reverse("desk_inbox"))


class DisclosureDecisionView(AnswerDisclosureView):
    """Note where the written decision stands that the one who asked wanted."""

    page_title = _l("Skriftligt beslut om utlämnande")
    submit_label = _l("Anteckna beslutet")

    def make_form(self, data: Any = None, files: Any = None) -> DisclosureDecisionForm:
        """The decision's number."""
        return DisclosureDecisionForm(data)

    def carry_out(self, form: Any) -> HttpResponse:
        """Note it; the receipt tells it."""
        services.note_decision(request=self.disclosure, actor=self.user, **form.cleaned_data)
        return done(self.request, _("Beslutet är antecknat."), reverse("desk_inbox"))
