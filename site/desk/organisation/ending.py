# SPDX-License-Identifier: EUPL-1.2
"""Ending an appointment or a body: a day, today unless told, and a button (R11, R16)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.widgets.button import HeaderButton

from casework.meetings.selectors import coming_meetings
from casework.organisation.models import Appointment, Body, Period
from casework.organisation.selectors import missing_in
from casework.organisation.services import end_appointment, end_body, take_back_appointment
from casework.process.selectors import waiting_at
from desk.organisation.forms import EndForm, TakeBackForm
from ui.administrator import AdministratorMixin
from ui.base import FormView, done


def end_buttons(thing: Period, label: Any, address: str) -> list[HeaderButton]:
    """The way to the page that ends it, as long as it lasts."""
    if thing.valid_until is not None and thing.valid_until < timezone.localdate():
        return []
    return [HeaderButton(label=label, url=reverse(address, args=[thing.pk]), icon_name="cross")]


def appointment_buttons(row: Appointment) -> list[HeaderButton]:
    """The way to its end; what has not begun is taken back instead, and what is so is done with."""
    if row.taken_back_on is not None:
        return []
    if row.valid_from > timezone.localdate():
        return end_buttons(row, _("Ta tillbaka uppdraget"), "appointment:take_back")
    return end_buttons(row, _("Avsluta uppdraget"), "appointment:end")


def end_words(thing: Period) -> str:
    """That it has ended, or will, for the page on which it is changed."""
    if thing.valid_until is None:
        return ""
    day = {"day": thing.valid_until.isoformat()}
    if thing.valid_until < timezone.localdate():
        return _g("Upphörde %(day)s. Det som står här är historik.") % day
    return _g("Upphör %(day)s.") % day


def tell_what_lacks(request: HttpRequest, row: Appointment) -> None:
    """Say what the body lacks from the day after an end, which nothing else would tell (R13)."""
    if row.body is None or row.valid_until is None or not row.body.outlasts(row.valid_until):
        return
    after = row.valid_until + dt.timedelta(days=1)
    before = missing_in(row.body, row.valid_until)
    if lacks := [words for words in missing_in(row.body, after) if words not in before]:
        told = {"body": row.body, "day": after.isoformat(), "lacks": " ".join(lacks)}
        messages.warning(request, _g("%(body)s från %(day)s: %(lacks)s") % told)


class EndView(AdministratorMixin, FormView):
    """The page of something that is to end.

    Attributes:
        model: what ends.
        back: the name of its list.
    """

    model: Any
    back: str
    header_icon = "cross"
    thing: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what is to end."""
        super().setup(request, *args, **kwargs)
        self.thing = get_object_or_404(self.model, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """The thing."""
        return str(self.thing)

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        """The day."""
        return EndForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        return super().get_context_data(back=reverse(self.back), **kwargs)

    def end(self, form: Form) -> str:
        """Call the service; returns what happened."""
        raise NotImplementedError

    def carry_out(self, form: Form) -> HttpResponse:
        """End it; the service's "valid_until" is the form's day."""
        try:
            sentence = self.end(form)
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                raise
            raise ValidationError(
                {"on" if k == "valid_until" else k: v for k, v in error.error_dict.items()}
            ) from error
        return done(self.request, sentence, reverse(self.back))


class EndAppointmentView(EndView):
    """An appointment ends."""

    model = Appointment
    back = "appointment:index"
    crumbs = ((_("Uppdrag"), "appointment:index"),)
    submit_label = _("Avsluta uppdraget")
    intro = _("Uppdraget gäller till och med dagen som du anger. Historiken står kvar.")

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        """Only the day: an appointment's end has no reason of its own."""
        form = super().make_form(data)
        del form.fields["reason"]
        return form

    def end(self, form: Form) -> str:
        """End it."""
        day = form.cleaned_data["on"]
        row = end_appointment(appointment=self.thing, on=day, actor=self.user)
        tell_what_lacks(self.request, row)
        return _g("%(appointment)s: uppdraget slutar %(day)s.") % {
            "appointment": row,
            "day": day.isoformat(),
        }


class TakeBackView(EndView):
    """An appointment that has not begun is taken back."""

    model = Appointment
    back = "appointment:index"
    crumbs = ((_("Uppdrag"), "appointment:index"),)
    submit_label = _("Ta tillbaka uppdraget")
    intro = _("Uppdraget har inte börjat och kommer inte att gälla. Det står kvar som återtaget.")

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        """Only the reason: there is no day on which it held."""
        return TakeBackForm(data)

    def end(self, form: Form) -> str:
        """Take it back."""
        reason = form.cleaned_data["reason"]
        row = take_back_appointment(appointment=self.thing, reason=reason, actor=self.user)
        return _g("%(appointment)s: uppdraget är återtaget.") % {"appointment": row}


class EndBodyView(EndView):
    """A body ceases, and its appointments with it."""

    model = Body
    back = "body:index"
    crumbs = ((_("Organ"), "body:index"),)
    submit_label = _("Låt organet upphöra")
    intro = _("Uppdragen i organet slutar samma dag. Historiken står kvar.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what would be left behind."""
        intro = " ".join([str(self.intro), *self._left_behind()])
        return super().get_context_data(intro=intro, **kwargs)

    def _left_behind(self) -> list[str]:
        found = []
        if count := waiting_at(self.thing):
            found.append(
                ngettext(
                    "%(count)s initiativ ligger hos organet och blir kvar utan beslut.",
                    "%(count)s initiativ ligger hos organet och blir kvar utan beslut.",
                    count,
                )
                % {"count": count}
            )
        if days := [meeting.day.isoformat() for meeting in coming_meetings(self.thing)]:
            found.append(
                _g("Planerade möten som inte ställs in av sig själva: %(days)s.")
                % {"days": ", ".join(days)}
            )
        return found

    def end(self, form: Form) -> str:
        """Let it cease."""
        day = form.cleaned_data["on"]
        row = end_body(body=self.thing, on=day, actor=self.user, reason=form.cleaned_data["reason"])
        return _g("%(body)s upphör %(day)s.") % {"body": row, "day": day.isoformat()}
