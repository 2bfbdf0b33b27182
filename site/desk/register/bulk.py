# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with many cases of the list at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.archive.models import Closing
from casework.archive.services import close, undo_closing
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Unit, User
from casework.organisation.selectors import roles_of
from casework.register import services
from casework.register.models import Case
from casework.register.obstacles import missing_for_closing
from casework.register.selectors import own_authorities
from casework.register.services.together import Did, stands
from desk.register.forms import ENDINGS
from ui.bulk import CaseBulkAction
from ui.forms import Day, choose_from

UNDONE = _l("Ångrat för flera ärenden på en gång.")
"""The reason that the journal keeps."""

FOR_A_DAY = _l("Kan ångras i ett dygn.")


def before(row: Did, name: str, current: Any) -> Any:
    """What a field held before, where what was done changed it; else what it holds."""
    return row.before.get(name, current)


def day_before(row: Did, name: str, current: Any) -> Any:
    """As :func:`before`, for a day."""
    kept = row.before.get(name) if name in row.before else current
    return parse_date(kept) if isinstance(kept, str) else kept


class AssignForm(forms.Form):
    """An officer or a unit of one's own authorities, and a line to them."""

    officer = forms.ModelChoiceField(
        label=_l("Handläggare"), queryset=User.objects.none(), required=False
    )
    unit = forms.ModelChoiceField(
        label=_l("Enhet"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_l("I stället för en handläggare."),
    )
    note = forms.CharField(label=_l("Rad till mottagaren"), max_length=300, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Appointment.objects.in_force().filter(
            role=Role.OFFICER, authority__in=own_authorities(user)
        )
        choose_from(
            self, "officer", User.objects.filter(pk__in=found.values("user"), is_active=True)
        )
        choose_from(
            self, "unit", Unit.objects.in_force().filter(authority__in=own_authorities(user))
        )

    def clean(self) -> dict[str, Any]:
        """Exactly one of them."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("officer")) == bool(data.get("unit")):
            raise forms.ValidationError(_("Välj antingen en handläggare eller en enhet."))
        return data


class Assign(CaseBulkAction):
    """Give them to an officer or a unit."""

    @property
    def can_undo(self) -> str | Promise:  # type: ignore[override]
        """Who gives away what they handle does not handle it any longer."""
        if Role.REGISTRAR in roles_of(self.user):
            return _("Kan ångras i ett dygn. Den som har fått besked om ärendet har det ändå fått.")
        return _("Det som du ger till någon annan kan bara registratorn ta tillbaka.")

    def undo(self, case: Case, row: Did) -> None:
        """Back to whoever had it, or to nobody."""
        officer = before(row, "officer", case.officer_id)
        unit = before(row, "unit", case.unit_id)
        services.take_back_assignment(
            case=case,
            officer=User.objects.filter(pk=officer).first(),
            unit=Unit.objects.filter(pk=unit).first(),
            reason=str(UNDONE),
            actor=self.user,
        )

    display_name = _l("Fördela")
    action_type = "handlaggare"
    aria_label = _l("Ge de valda ärendena en handläggare eller en enhet")
    action_priority = 10
    fields = ("officer", "unit")
    form_class = AssignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers those whom the person can choose."""
        return super().get_form_kwargs() | {"user": self.user}

    def service(self, form: Any) -> Callable[[Case], object]:
        """The register's own."""
        data, actor = form.cleaned_data, self.user
        officer, unit, note = data["officer"], data["unit"], data["note"]
        if unit is not None:
            return lambda case: services.assign_unit(case=case, unit=unit, note=note, actor=actor)
        return lambda case: services.assign_officer(
            case=case, officer=officer, note=note, actor=actor
        )


class CloseForm(forms.Form):
    """What they came to."""

    outcome = forms.ChoiceField(label=_l("Utfall"), choices=ENDINGS)
    decided_on = Day(label=_l("Beslutsdatum"), initial=timezone.localdate)
    despite = forms.CharField(
        label=_l("Skäl att avsluta fast något saknas"),
        max_length=300,
        required=False,
        help_text=_l("Utan skäl hoppas de ärenden över där något saknas."),
    )


class Close(CaseBulkAction):
    """Close them."""

    @property
    def can_undo(self) -> str | Promise:  # type: ignore[override]
        """Only those who may open a case again."""
        return FOR_A_DAY if Role.REGISTRAR in roles_of(self.user) else ""

    @property
    def intro(self) -> str | Promise:  # type: ignore[override]
        """Said before, where it cannot be undone."""
        if self.can_undo:
            return ""
        return _("Du kan inte ångra det själv: bara registratorn öppnar ett avslutat ärende igen.")

    def is_as_done(self, case: Case, row: Did) -> bool:
        """Of what the worker closes, what has not been closed stands as it did."""
        if row.made is None:
            return stands(case, row)
        closing = Closing.objects.get(pk=row.made)
        return closing.is_underway or closing.stands_in(case)

    def undo(self, case: Case, row: Did) -> None:
        """Open it again, with what stood as its ending; a big one by the worker."""
        if row.made is not None:
            closing = Closing.objects.select_related("case__entry__series").get(pk=row.made)
            undo_closing(closing=closing, reason=str(UNDONE), actor=self.user)
            return
        back_to = services.Ending(
            before(row, "outcome", case.outcome), day_before(row, "decided_on", case.decided_on)
        )
        services.reopen_case(case=case, reason=str(UNDONE), back_to=back_to, actor=self.user)

    display_name = _l("Avsluta")
    action_type = "avsluta"
    aria_label = _l("Avsluta de valda ärendena")
    action_priority = 30
    fields = ("outcome", "decided_on", "closed_at")
    form_class = CloseForm

    def service(self, form: Any) -> Callable[[Case], object]:
        """The archive's own, for what is open; an initiative ends by its own way."""
        return partial(self._close, **form.cleaned_data)

    def _close(self, case: Case, outcome: str, decided_on: Any, despite: str) -> Closing | None:
        if case.closed_at is not None:
            raise ValidationError(_("redan avslutat"))
        if hasattr(case, "initiative"):
            raise ValidationError(_("ett initiativ avslutas på sin egen sida"))
        try:
            return close(
                case=case, outcome=outcome, decided_on=decided_on, despite=despite, actor=self.user
            )
        except ValidationError:
            if despite.strip() or not missing_for_closing(case):
                raise
            # What it is, of each of many, is no sentence; the page of closing says it and leads on.
            raise ValidationError(_("något återstår att göra i ärendet")) from None


class Show(CaseBulkAction):
    """Show them in the web diary."""

    display_name = _l("Visa i webbdiariet")
    action_type = "visa"
    aria_label = _l("Visa de valda ärendena i webbdiariet")
    action_priority = 40
    fields = ("is_published", "published_until")
    intro = _l("Den offentliga ärendemeningen visas för alla. Kontrollera att den kan visas.")
    can_undo = _l("Kan ångras i ett dygn, men det som visas kan redan ha lästs.")

    def service(self, form: Any) -> Callable[[Case], object]:
        """The register's own."""
        return self._show

    def _show(self, case: Case) -> None:
        services.publish(case=case, actor=self.user)

    def undo(self, case: Case, row: Did) -> None:
        """Hidden again, or shown as long as it was to be shown."""
        put_back(case, row, self.user)


class Hide(CaseBulkAction):
    """Take them out of the web diary."""

    display_name = _l("Dölj i webbdiariet")
    action_type = "dolj"
    aria_label = _l("Dölj de valda ärendena i webbdiariet")
    action_priority = 50
    fields = ("is_published", "published_until")
    can_undo = FOR_A_DAY

    def service(self, form: Any) -> Callable[[Case], object]:
        """The register's own."""
        return lambda case: services.unpublish(case=case, actor=self.user)

    def undo(self, case: Case, row: Did) -> None:
        """Shown again, until the day that was set."""
        put_back(case, row, self.user)


def put_back(case: Case, row: Did, actor: User) -> None:
    """Show a case in the web diary as it was shown, or hide it."""
    if before(row, "is_published", case.is_published):
        until = day_before(row, "published_until", case.published_until)
        services.publish(case=case, until=until, actor=actor)
    else:
        services.unpublish(case=case, actor=actor)
