# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case beside its way through the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.access.models import AccessGrant
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.register import services
from casework.register.models import Case, Record
from casework.register.permissions import (
    may_attach,
    may_correct,
    may_lift_secrecy,
    may_look_after,
    may_publish,
    may_void,
)
from desk.register.forms import AttachForm, CorrectForm, PublicFilesForm, SecrecyForm
from ui.base import DeskView, FormView, add_service_error, done, refuse
from ui.case_actions import action_named, offered_to
from ui.case_file import CaseFile
from ui.forms import (
    PlainReasonForm,
)
from ui.links import url_for
from ui.lookups import case_or_404


class CaseActionView(DeskView):
    """One page for each of these things."""

    template_name = "desk/form.html"
    header_icon = "cog"
    crumbs = ((_l("Ärenden"), "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the case and the action; refuse those who may not."""
        self.case = case_or_404(self.user, kwargs["pk"])
        if not self.case.is_internal:
            raise Http404
        action = action_named(kwargs["name"])
        if action is None:
            raise Http404
        self.action = action
        file = CaseFile(self.case, Initiative.objects.filter(case=self.case).first())
        if kwargs["name"] not in dict(offered_to(self.user, file)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb."""
        return str(self.action.label)

    def make_form(self, data: Any = None) -> forms.Form:
        """The action's form."""
        return self.action.form(data, case=self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form,
            case=self.case,
            submit_label=self.action.label,
            back=url_for(self.case, "desk"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or show again what was typed with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                self.action.call(self.case, form, self.user)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(
                    request,
                    _("%(dnr)s: klart, %(what)s.")
                    % {"dnr": self.case.dnr, "what": str(self.action.label).lower()},
                    url_for(self.case, "desk"),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RecordAction(NamedTuple):
    """One thing to do with a record on a page of its own."""

    label: str | Promise
    form: Callable[..., Any]
    call: Callable[[Record, dict[str, Any], User], Any]
    may: Callable[[User, Case], bool]
    done: str | Promise
    intro: str | Promise = ""


def _correct(record: Record, data: dict[str, Any], actor: User) -> None:
    values = {**data}
    services.correct_fields(obj=record, reason=values.pop("reason"), values=values, actor=actor)


RECORD_ACTIONS = {
    "ratta": RecordAction(
        _l("Rätta handlingen"),
        lambda data, record: CorrectForm(data, case=record),
        _correct,
        may_correct,
        _l("%(dnr)s är rättad."),
    ),
    "sekretess": RecordAction(
        _l("Sekretessmarkera handlingen"),
        lambda data, record: SecrecyForm(data),
        lambda record, data, actor: services.mark_record_secret(record=record, actor=actor, **data),
        may_look_after,
        _l("%(dnr)s är sekretessmarkerad."),
        _l("Handlingen och dess filer försvinner från webbdiariet."),
    ),
    "havsekretess": RecordAction(
        _l("Ta bort handlingens sekretessmarkering"),
        lambda data, record: PlainReasonForm(data),
        lambda record, data, actor: services.lift_record_secrecy(
            record=record, actor=actor, **data
        ),
        may_lift_secrecy,
        _l("%(dnr)s är inte längre sekretessmarkerad."),
        _l("Handlingen visas inte i webbdiariet förrän någon väljer det."),
    ),
    "makulera": RecordAction(
        _l("Makulera handlingen"),
        lambda data, record: PlainReasonForm(data),
        lambda record, data, actor: services.void_record(record=record, actor=actor, **data),
        may_void,
        _l("%(dnr)s är makulerad."),
        _l("Handlingen står kvar i diariet som makulerad. Numret används aldrig igen."),
    ),
}
"""By the word in the address."""


class RecordActionView(FormView):
    """A page for each of these things."""

    header_icon = "cog"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record and the action; refuse those who may not."""
        self.record = _own_record(self.user, kwargs["pk"])
        if kwargs["name"] not in RECORD_ACTIONS:
            raise Http404
        self.action = RECORD_ACTIONS[kwargs["name"]]
        if not self.action.may(self.user, self.record.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb."""
        return str(self.action.label)

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        """The action's form."""
        form: forms.Form = self.action.form(data, record=self.record)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record on the button, its case above, and the way back."""
        return super().get_context_data(
            case=self.record.case,
            submit_label=f"{self.action.label} {self.record.dnr}",
            back=url_for(self.record.case, "desk"),
            intro=self.action.intro,
            **kwargs,
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Do it."""
        self.action.call(self.record, form.cleaned_data, self.user)
        told = str(self.action.done) % {"dnr": self.record.dnr}
        return done(self.request, told, url_for(self.record.case, "desk"))


def _own_record(user: User, pk: int) -> Record:
    """A record that the person is shown as it is."""
    found: Record = get_object_or_404(
        Record.objects.shown_to(user)
        .filter(is_internal=True)
        .select_related("case__entry__series", "case__authority", "case__service_area", "entry"),
        pk=pk,
    )
    return found


class ShowRecordView(DeskView):
    """Show a record's title in the web diary, or hide it."""

    http_method_names = ["post"]
    is_shown = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out what the button says."""
        record = _own_record(self.user, kwargs["pk"])
        back = url_for(record.case, "desk")
        try:
            services.publish_record(record=record, actor=self.user, published=self.is_shown)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)
        told = (
            _("%(dnr)s visas i webbdiariet.")
            if self.is_shown
            else _("%(dnr)s visas inte i webbdiariet.")
        )
        return done(request, told % {"dnr": record.dnr}, back)


class AttachView(FormView):
    """Add a file to a record that is registered."""

    page_title = _l("Lägg till fil")
    submit_label = _l("Lägg till filen")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record; those who register in its case."""
        self.record = _own_record(self.user, kwargs["pk"])
        if not may_attach(self.user, self.record.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record and the way back."""
        return super().get_context_data(
            case=self.record.case,
            back=url_for(self.record.case, "desk"),
            **{**kwargs, "intro": self.record.dnr},
        )

    def make_form(self, data: Any = None, files: Any = None) -> AttachForm:
        """One file."""
        return AttachForm(data, files)

    def carry_out(self, form: AttachForm) -> HttpResponse:
        """Add it."""
        file = services.attach_file(
            record=self.record, file=form.cleaned_data["file"], actor=self.user
        )
        return done(
            self.request,
            _("%(name)s är tillagd i %(dnr)s.")
            % {"name": file.original_name, "dnr": self.record.dnr},
            url_for(self.record.case, "desk"),
        )


class PublicFilesView(FormView):
    """Choose which files of a shown record everybody may read."""

    page_title = _l("Filer i webbdiariet")
    submit_label = _l("Visa de valda filerna")
    intro = _l(
        "Läs igenom varje fil först. Det som står i den kan alla läsa: namn, adresser och annat om "
        "enskilda, och i Word-filer även vem som har skrivit och ändrat. Filen får handlingens "
        "nummer som namn. En fil utan kryss visas inte."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record; only registrars."""
        self.record = _own_record(self.user, kwargs["pk"])
        if not may_publish(self.user, self.record.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record and the way back."""
        return super().get_context_data(
            case=self.record.case, back=url_for(self.record.case, "desk"), **kwargs
        )

    def make_form(self, data: Any = None, files: Any = None) -> PublicFilesForm:
        """The record's files."""
        return PublicFilesForm(data, record=self.record)

    def carry_out(self, form: PublicFilesForm) -> HttpResponse:
        """Show these and no others."""
        chosen = form.cleaned_data["shown"]
        services.publish_files(record=self.record, files=chosen, actor=self.user)
        told = ngettext(
            "%(dnr)s: %(count)d fil kan läsas i webbdiariet.",
            "%(dnr)s: %(count)d filer kan läsas i webbdiariet.",
            len(chosen),
        )
        return done(
            self.request,
            told % {"dnr": self.record.dnr, "count": len(chosen)},
            url_for(self.record.case, "desk"),
        )


class EndGrantView(DeskView):
    """End somebody's access to a case."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it today."""
        grant = get_object_or_404(AccessGrant.objects.select_related("case"), pk=kwargs["pk"])
        case = case_or_404(self.user, grant.case_id)
        back = url_for(case, "desk")
        try:
            services.end_grant(grant=grant, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)
        return done(request, _("Behörigheten är avslutad."), back)
