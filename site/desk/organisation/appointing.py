# SPDX-License-Identifier: EUPL-1.2
"""Appointing somebody and changing an appointment (R11)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from casework.organisation.models import Appointment
from casework.organisation.services import appoint, change_appointment
from desk.organisation.ending import appointment_buttons, tell_what_lacks
from ui.kept import AddView, ChangeView


class AppointView(AddView):
    """Appoint somebody (R11)."""

    success_message = _("%(object)s: uppdraget är infört.")
    submit_button_label = _("Inför uppdraget")

    def get_initial(self) -> dict[str, Any]:
        """The person whose page one came from."""
        return {**super().get_initial(), "user": self.request.GET.get("user")}

    def save_instance(self) -> Appointment:
        """Appoint; the service checks what belongs where."""
        data = dict(self.form.cleaned_data)
        scopes = [data.pop(name) for name in ("body", "administration", "authority")]
        scope = next(filter(None, scopes))
        return appoint(scope=scope, actor=self.request.user, **data)


class AppointmentView(ChangeView):
    """Change an appointment, or go on to end it."""

    success_message = _("%(object)s: uppdraget är ändrat.")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to its end, as long as it lasts, or to taking it back."""
        return appointment_buttons(self.object)

    def notice(self) -> str:
        """That it was taken back."""
        day = self.object.taken_back_on
        return _g("Uppdraget togs tillbaka %(day)s.") % {"day": day.isoformat()} if day else ""

    def save_instance(self) -> Appointment:
        """Change it, by the same rules as when it was made."""
        row = change_appointment(
            appointment=self.form.instance, actor=self.request.user, **self.form.cleaned_data
        )
        tell_what_lacks(self.request, row)
        return row
