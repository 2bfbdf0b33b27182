# SPDX-License-Identifier: EUPL-1.2
"""What is done with a record at the desk: show, correct, mark secret, void; and its files."""

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

from casework.archive.services import set_retention
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
from desk.register.forms import (
    AttachForm,
    CopyForm,
    CorrectForm,
    MoveForm,
    PublicFilesForm,
    RetentionForm,
    SecrecyForm,
)
from ui.base import DeskView, FormView, done, refuse
from ui.forms import PlainReasonForm
from ui.links import url_for
from ui.lookups import case_at_field


def own_record(user: User, pk: int) -> Record:
    """A record that the person is shown as it is."""
    found: Record = get_object_or_404(
        Record.objects.shown_to(user)
        .filter(is_internal=True)
        .select_related("case__entry__series", "case__authority", "case__service_area", "entry"),
        pk=pk,
    )
    return found


class RecordView(FormView):
    """A page that does something with one record, named in its heading and its case above."""

    record: Record

    def may(self) -> bool:
        """Whether the person may do it."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record; refuse those who may not."""
        self.record = own_record(self.user, kwargs["pk"])
        if not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb, and of what."""
        return f"{self.page_title}: {self.record.dnr}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case and the way back to it."""
        words = {"case": self.record.case, "back": self.back()}
        return super().get_context_data(**(words | kwargs))

    def back(self) -> str:
        """The case's page."""
        return url_for(self.record.case, "desk")


class ShowRecordView(DeskView):
    """Show a record's title in the web diary, or hide it."""

    http_method_names = ["post"]
    is_shown = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out what the button says."""
        record = own_record(self.user, kwargs["pk"])
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


class RecordAction(NamedTuple):
    """One thing to do with a record on a page of its own; it is called with the checked form."""

    label: str | Promise
    form: Callable[..., Any]
    call: Callable[[Record, Any, User], Any]
    may: Callable[[User, Case], bool]
    done: str | Promise
    intro: str | Promise = ""


def _move(record: Record, form: Any, actor: User) -> None:
    into = case_at_field(actor, form.cleaned_data["number"])
    reason = form.cleaned_data["reason"]
    services.move_record(record=record, into=into, reason=reason, actor=actor)


def _copy(record: Record, form: Any, actor: User) -> None:
    into = case_at_field(actor, form.cleaned_data["number"])
    services.copy_record(record=record, into=into, actor=actor)


RECORD_ACTIONS = {
    "flytta": RecordAction(
        _l("Flytta till ett annat ärende"),
        lambda data, record: MoveForm(data),
        _move,
        may_void,
        _l("%(dnr)s är flyttad. Här står den kvar som makulerad."),
        _l("Handlingen får ett nytt nummer i rätt ärende, med sina filer. Numret här makuleras."),
    ),
    "kopiera": RecordAction(
        _l("Kopiera till ett annat ärende"),
        lambda data, record: CopyForm(data),
        _copy,
        may_look_after,
        _l("%(dnr)s är kopierad."),
        _l("Handlingen får ett eget nummer i det andra ärendet, med egna kopior av filerna."),
    ),
    "bevarande": RecordAction(
        _l("Ange bevarande"),
        lambda data, record: RetentionForm(data, record=record),
        lambda record, form, actor: set_retention(record=record, actor=actor, **form.cleaned_data),
        may_look_after,
        _l("%(dnr)s: bevarandet är ändrat."),
        _l("Det som ska bevaras gallras aldrig, vad ärendets klass än säger."),
    ),
    "ratta": RecordAction(
        _l("Rätta handlingen"),
        lambda data, record: CorrectForm(data, case=record),
        lambda record, form, actor: form.correct(record, actor),
        may_correct,
        _l("%(dnr)s är rättad."),
    ),
    "sekretess": RecordAction(
        _l("Sekretessmarkera handlingen"),
        lambda data, record: SecrecyForm(data),
        lambda record, form, actor: services.mark_record_secret(
            record=record, actor=actor, **form.cleaned_data
        ),
        may_look_after,
        _l("%(dnr)s är sekretessmarkerad."),
        _l("Handlingen och dess filer försvinner från webbdiariet."),
    ),
    "havsekretess": RecordAction(
        _l("Ta bort handlingens sekretessmarkering"),
        lambda data, record: PlainReasonForm(data),
        lambda record, form, actor: services.lift_record_secrecy(
            record=record, actor=actor, **form.cleaned_data
        ),
        may_lift_secrecy,
        _l("%(dnr)s är inte längre sekretessmarkerad."),
        _l("Handlingen visas inte i webbdiariet förrän någon väljer det."),
    ),
    "makulera": RecordAction(
        _l("Makulera handlingen"),
        lambda data, record: PlainReasonForm(data),
        lambda record, form, actor: services.void_record(
            record=record, actor=actor, **form.cleaned_data
        ),
        may_void,
        _l("%(dnr)s är makulerad."),
        _l("Handlingen står kvar i diariet som makulerad. Numret används aldrig igen."),
    ),
}
"""By the word in the address."""


class RecordActionView(RecordView):
    """A page for each of these things."""

    header_icon = "cog"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the action."""
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in RECORD_ACTIONS:
            raise Http404
        self.action = RECORD_ACTIONS[kwargs["name"]]
        self.page_title, self.intro = self.action.label, self.action.intro

    def may(self) -> bool:
        """As the action says."""
        return self.action.may(self.user, self.record.case)

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        """The action's form."""
        form: forms.Form = self.action.form(data, record=self.record)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record on the button too."""
        label = f"{self.action.label} {self.record.dnr}"
        return super().get_context_data(**({"submit_label": label} | kwargs))

    def carry_out(self, form: Any) -> HttpResponse:
        """Do it."""
        self.action.call(self.record, form, self.user)
        return done(self.request, str(self.action.done) % {"dnr": self.record.dnr}, self.back())


class AttachView(RecordView):
    """Add a file to a record that is registered."""

    page_title = _l("Lägg till fil")
    submit_label = _l("Lägg till filen")

    def may(self) -> bool:
        """Those who register in its case."""
        return may_attach(self.user, self.record.case)

    def make_form(self, data: Any = None, files: Any = None) -> AttachForm:
        """One file."""
        return AttachForm(data, files)

    def carry_out(self, form: AttachForm) -> HttpResponse:
        """Add it."""
        file = services.attach_file(
            record=self.record, file=form.cleaned_data["file"], actor=self.user
        )
        told = _("%(name)s är tillagd i %(dnr)s.")
        words = {"name": file.original_name, "dnr": self.record.dnr}
        return done(self.request, told % words, self.back())


class PublicFilesView(RecordView):
    """Choose which files of a shown record everybody may read."""

    page_title = _l("Filer i webbdiariet")
    submit_label = _l("Visa de valda filerna")
    intro = _l(
        "Läs igenom varje fil först. Det som står i den kan alla läsa: namn, adresser och annat om "
        "enskilda, och i Word-filer även vem som har skrivit och ändrat. Filen får handlingens "
        "nummer som namn. En fil utan kryss visas inte."
    )

    def may(self) -> bool:
        """Registrars."""
        return may_publish(self.user, self.record.case)

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
        words = {"dnr": self.record.dnr, "count": len(chosen)}
        return done(self.request, told % words, self.back())
