# SPDX-License-Identifier: EUPL-1.2
"""Ending an appointment or a body: a day, today unless told, and a button (R11, R16)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from casework.organisation.models import Appointment, Body, Period
from casework.organisation.services import end_appointment, end_body
from desk.organisation.forms import EndForm
from ui.administrator import AdministratorMixin
from ui.base import FormView, done


def end_buttons(thing: Period, label: Any, address: str) -> list[HeaderButton]:
    """The way to the page that ends it, as long as it lasts."""
    if thing.valid_until is not None and thing.valid_until < timezone.localdate():
        return []
    return [HeaderButton(label=label, url=reverse(address, args=[thing.pk]), icon_name="cross")]


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

    def make_form(self, data: Any = None, files: Any = None) -> EndForm:
        """The day."""
        return EndForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        return super().get_context_data(back=reverse(self.back), **kwargs)

    def end(self, form: EndForm) -> str:
        """Call the service; returns what happened."""
        raise NotImplementedError

    def carry_out(self, form: EndForm) -> HttpResponse:
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

    def make_form(self, data: Any = None, files: Any = None) -> EndForm:
        """Only the day: an appointment's end has no reason of its own."""
        form = super().make_form(data)
        del form.fields["reason"]
        return form

    def end(self, form: EndForm) -> str:
        """End it."""
        day = form.cleaned_data["on"]
        row = end_appointment(appointment=self.thing, on=day, actor=self.user)
        return _g("%(appointment)s: uppdraget slutar %(day)s.") % {
            "appointment": row,
            "day": day.isoformat(),
        }


class EndBodyView(EndView):
    """A body ceases, and its appointments with it."""

    model = Body
    back = "body:index"
    crumbs = ((_("Organ"), "body:index"),)
    submit_label = _("Låt organet upphöra")
    intro = _("Uppdragen i organet slutar samma dag. Historiken står kvar.")

    def end(self, form: EndForm) -> str:
        """Let it cease."""
        day = form.cleaned_data["on"]
        row = end_body(body=self.thing, on=day, actor=self.user, reason=form.cleaned_data["reason"])
        return _g("%(body)s upphör %(day)s.") % {"body": row, "day": day.isoformat()}
