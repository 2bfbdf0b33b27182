# SPDX-License-Identifier: EUPL-1.2
"""Reminders, new records and stand-ins: a page or a button per thing that a person does."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views import View
from wagtail.admin.utils import get_valid_next_url_from_request

from casework.follow_up import services
from casework.follow_up.models import NewRecord, Reminder, StandIn
from casework.follow_up.selectors import is_shown, stand_ins_shown_to
from casework.organisation.models import User
from casework.organisation.permissions import may_administer
from casework.register.models import Record
from desk.follow_up.forms import MoveForm, StandInForm
from ui.base import DeskView, FormView, add_service_error, done, refuse
from ui.links import url_for


def reminder_or_404(user: User, pk: int) -> Reminder:
    """One that the person is let in to; else it does not exist."""
    rows = Reminder.objects.select_related("case__authority", "user", "unit", "record")
    reminder = rows.filter(pk=pk).first()
    if reminder is None or not is_shown(user, reminder):
        raise Http404
    return reminder


class _Button(View):
    """A button that does one thing and leads back."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        user = request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
        try:
            return done(request, self.carry_out(user, pk), back)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An address that was kept leads to where the button is."""
        return redirect("wagtailadmin_home")

    def carry_out(self, user: User, pk: int) -> str:
        """Call the service; return what to say."""
        raise NotImplementedError


class CompleteReminderView(_Button):
    """A reminder is done."""

    def carry_out(self, user: User, pk: int) -> str:
        """The room's service."""
        reminder = reminder_or_404(user, pk)
        services.complete_reminder(reminder=reminder, actor=user)
        return _("Bevakningen ”%(what)s” är klar.") % {"what": reminder.what}


class TickRecordView(_Button):
    """A new record is seen to."""

    def carry_out(self, user: User, pk: int) -> str:
        """The room's service; a record that the person is not let in to does not exist."""
        seen = Record.objects.shown_to(user).filter(is_internal=True)
        new = NewRecord.objects.filter(pk=pk, record__in=seen).select_related("case").first()
        if new is None:
            raise Http404
        services.tick_record(new=new, actor=user)
        return _("Handlingen är avbockad.")


class MoveReminderView(FormView):
    """Let a reminder wait."""

    page_title = _l("Flytta bevakningen")
    header_icon = "date"
    submit_label = _l("Flytta")

    def make_form(self, data: Any = None, files: Any = None) -> MoveForm:
        """With the day that it has."""
        reminder = reminder_or_404(self.user, self.kwargs["pk"])
        self.intro = f"{reminder.case.dnr}: {reminder.what}"
        return MoveForm(data, initial={"day": reminder.day})

    def carry_out(self, form: Any) -> HttpResponse:
        """The room's service."""
        reminder = reminder_or_404(self.user, self.kwargs["pk"])
        day = form.cleaned_data["day"]
        services.move_reminder(reminder=reminder, day=day, actor=self.user)
        told = _("Bevakningen är flyttad till %(day)s.") % {"day": day}
        return done(self.request, told, url_for(reminder.case, "desk"))


class StandInsView(DeskView):
    """Who stands in for whom, and the form to say so."""

    template_name = "desk/follow_up/stand_ins.html"
    page_title = _l("Ersättare")
    header_icon = "group"

    def make_form(self, data: Any = None) -> StandInForm:
        """An administrator's names the absent person too."""
        return StandInForm(data, user=self.user, every=may_administer(self.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that are or will be."""
        every = may_administer(self.user)
        rows = stand_ins_shown_to(self.user, every=every)
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(rows=rows, every=every, form=form, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set one."""
        form = self.make_form(request.POST)
        if form.is_valid():
            data = {"absent": self.user, **form.cleaned_data}
            try:
                row = services.set_stand_in(actor=self.user, **data)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                told = _("%(by)s ersätter %(who)s från %(day)s.") % {
                    "by": row.substitute,
                    "who": row.absent,
                    "day": row.valid_from,
                }
                return done(request, told, reverse("desk_stand_ins"))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class EndStandInView(_Button):
    """The person is back."""

    def carry_out(self, user: User, pk: int) -> str:
        """The room's service; what is nobody's business does not exist."""
        rows = stand_ins_shown_to(user, every=may_administer(user))
        row: StandIn | None = rows.filter(pk=pk).first()
        if row is None:
            raise Http404
        services.end_stand_in(stand_in=row, actor=user)
        return _("%(who)s ersätts inte längre av %(by)s.") % {
            "who": row.absent,
            "by": row.substitute,
        }
