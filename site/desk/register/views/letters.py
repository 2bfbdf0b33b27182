# SPDX-License-Identifier: EUPL-1.2
"""Registering letters and records: one form, one way of answering while one types."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.feedback.services import acknowledge
from casework.organisation.models import Authority
from casework.register import services
from casework.register.models import Case, LetterTemplate, NumberSeries, Record
from casework.register.obstacles import require_live
from casework.register.permissions import diaries_of, may_register_record
from casework.register.selectors import case_meant, joined_into, lately_registered, parties_like
from desk.register.letter_forms import LetterForm, RecordForm, twin_of
from desk.register.presenters import public_face
from desk.register.views.registering import RegistrarFormView
from ui.base import FormView, done, refuse
from ui.links import url_for
from ui.lookups import case_or_404, meant_case


class LetterView(FormView):
    """What the two pages of registering share: the form beside what is answered while one types."""

    template_name = "desk/register/register.html"
    submit_label = _l("Registrera")

    def next_url(self, case: Case, record: Record) -> str:
        """Where "registrera och nästa" leads."""
        raise NotImplementedError

    def after(self, case: Case, record: Record, number: str) -> HttpResponse:
        """Say the number; go on to the case or to the next letter, as the button said."""
        told = _("Registrerat som %(dnr)s.") % {"dnr": number}
        if case.closed_at:
            told += " " + _("Ärendet %(dnr)s är avslutat.") % {"dnr": case.dnr}
        if "next" in self.request.POST:
            return done(self.request, told, self.next_url(case, record))
        return done(self.request, told, url_for(case, "desk"))


class RegisterLetterView(RegistrarFormView, LetterView):
    """Register what came from outside."""

    header_icon = "plus"
    page_title = _l("Registrera")

    def make_form(self, data: Any = None, files: Any = None) -> LetterForm:
        """The letter's form, begun with what the address names: a case, a template, the last."""
        asked = self.request.GET
        initial: dict[str, Any] = {"existing": asked.get("dnr", "")}
        if data is None:
            initial |= self._begun_with(asked)
        return LetterForm(data, files, user=self.user, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With prefilled letters, and what the registrar has just registered."""
        kept = diaries_of(self.user)
        lately = lately_registered(self.user)
        return super().get_context_data(
            templates=LetterTemplate.objects.filter(authority__in=kept),
            lately=lately,
            last=lately[0] if lately else None,
            look=reverse("desk_register_look"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Register, or keep what is typed as a prefilled letter."""
        if "keep" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.make_form(request.POST)
        values = {name: form[name].value() or "" for name in LetterForm.HELD}
        values["is_private"] = bool(values["is_private"])
        into = case_meant(self.user, form["existing"].value() or "")
        # A letter to a secret case is as secret as the case.
        values["secrecy_provision"] = values["secrecy_provision"] or (
            into.secrecy_provision if into else ""
        )
        try:
            template = services.save_letter_template(
                authority=Authority.objects.get(pk=diaries_of(self.user)[0]),
                name=request.POST.get("template_name", ""),
                values=values,
                actor=self.user,
            )
        except (ValidationError, PermissionDenied) as error:
            if isinstance(error, ValidationError):
                error = ValidationError(_("Skriv vad mallen ska heta."))
            return refuse(request, error, request.get_full_path())
        told = _("Mallen ”%(name)s” är sparad.") % {"name": template.name}
        if values["secrecy_provision"]:
            told += " " + _("Rubrik och avsändare följde inte med, eftersom de är hemliga.")
        return done(request, told, f"{reverse('desk_register')}?mall={template.pk}")

    def carry_out(self, form: Any) -> HttpResponse:
        """A case with its first record, or a record; all or nothing."""
        data, letter = form.cleaned_data, form.letter()
        new = {} if form.case else form.new_case()
        case, record = services.register_letter(
            case=form.case,
            series=data["series"],
            actor=self.user,
            sender=services.Sender(data["sender_email"], data["is_private"]),
            **letter,
            **new,
        )
        if data["sender_email"] and form.case is None:
            acknowledge(case=case, address=data["sender_email"])
        return self.after(case, record, record.dnr if form.case else case.dnr)

    def next_url(self, case: Case, record: Record) -> str:
        """An empty form, begun as the last one ended."""
        return f"{reverse('desk_register')}?efter={record.pk}"

    def _begun_with(self, asked: Any) -> dict[str, Any]:
        if (pk := asked.get("mall", "")).isdecimal():
            kept = diaries_of(self.user)
            found = LetterTemplate.objects.filter(pk=pk, authority__in=kept).first()
            return {k: v for k, v in found.values.items() if k in LetterForm.HELD} if found else {}
        for name, fields in (("efter", LetterForm.KEPT), ("kopia", LetterForm.COPIED)):
            if (pk := asked.get(name, "")).isdecimal():
                record = (
                    Record.objects.shown_to(self.user)
                    .filter(pk=pk, is_internal=True)
                    .select_related("case__entry")
                    .first()
                )
                return _as_typed(record, fields) if record else {}
        return {}


def _as_typed(record: Record, fields: tuple[str, ...]) -> dict[str, Any]:
    """What was typed of a letter that is registered."""
    case = record.case
    marked = record if record.is_secret else case
    who = f"h{case.officer_id}" if case.officer_id else f"u{case.unit_id}" if case.unit_id else ""
    typed = {
        "direction": record.direction, "kind": record.kind, "responsible": who,
        "class_code": case.class_code_id, "series": case.entry.series_id,
        "case_type": case.case_type, "title": record.title, "party": record.party,
        "is_private": not record.party_public, "secrecy_provision": marked.secrecy_provision,
        "secrecy_note": marked.secrecy_note, "secrecy_authority": marked.secrecy_authority,
    }  # fmt: skip
    if case.case_type == "initiative":
        typed.pop("case_type")
    return {name: typed[name] for name in fields if name in typed}


class LookView(RegistrarFormView):
    """What is answered while a registrar types: which case, what everybody sees, whether twice.

    A part of the page; it is asked for as one types and changes nothing.
    """

    template_name = "desk/register/look.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The part."""
        asked = {name: str(value).strip()[:400] for name, value in request.GET.items()}
        number = asked.get("existing", "")
        case, fault = None, ""
        if number:
            try:
                case = meant_case(self.user, number)
            except ValidationError as error:
                fault = error.messages[0]
        series_pk = asked.get("series", "")
        own = NumberSeries.objects.filter(authority__in=diaries_of(self.user))
        series = own.filter(pk=series_pk).first() if series_pk.isdecimal() else None
        title, party = asked.get("title", ""), asked.get("party", "")
        answer = self.render_to_response(
            {
                "case": case,
                "joined_into": joined_into(self.user, case) if case else None,
                "fault": fault,
                "series": series,
                "twin": twin_of(self.user, case, series, title=title, party=party) if title else "",
                "face": public_face(asked, case),
                "parties": parties_like(diaries_of(self.user), party),
                "view": self,
            }
        )
        answer["Cache-Control"] = "no-store"
        return answer


class RegisterRecordView(LetterView):
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
        try:
            require_live(self.case)
        except ValidationError as error:
            # What somebody has typed stays on the page, with what the service says.
            if request.method != "POST":
                into = joined_into(self.user, self.case)
                return refuse(request, error, url_for(into or self.case, "desk"))
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> RecordForm:
        """The record's form."""
        return RecordForm(data, files)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case into which it is registered stands on the page."""
        return super().get_context_data(case=self.case, back=url_for(self.case, "desk"), **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Register it with the case's next number."""
        record = services.register_record(case=self.case, actor=self.user, **form.letter())
        return self.after(self.case, record, record.dnr)

    def next_url(self, case: Case, record: Record) -> str:
        """The same page once more."""
        return reverse("desk_register_record", args=[case.pk])
