# SPDX-License-Identifier: EUPL-1.2
"""What the lists are narrowed by; a value that makes no sense is told, and is no filter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.meetings.models import Meeting
from casework.organisation.models import Authority, Body, ServiceArea, Unit, User
from casework.register.enums import Direction
from ui.forms import Day, choose_from

MOST_DAYS = 366
"""So long a period at most: a list of all years is the diary itself."""


class Narrowing(forms.Form):
    """A form in an address: what was left out has its first value."""

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.narrow()
        self.is_valid()

    def narrow(self) -> None:
        """Let fields offer what this person may choose."""

    def value(self, name: str, otherwise: Any = None) -> Any:
        """What was chosen, if it makes sense."""
        return self.cleaned_data.get(name) or otherwise


class PeriodForm(Narrowing):
    """From one day to another; today unless said."""

    fran = Day(label=_("Från och med"), required=False)
    till = Day(label=_("Till och med"), required=False)

    def period(self) -> tuple[dt.date, dt.date]:
        """The days, in order, and no more than a year."""
        first = self.value("fran", timezone.localdate())
        last = max(self.value("till", first), first)
        return first, min(last, first + dt.timedelta(days=MOST_DAYS))


class PostForm(PeriodForm):
    """The post of a day or a period."""

    riktning = forms.ChoiceField(
        label=_("Riktning"), required=False, choices=[("", _("Alla")), *Direction.choices]
    )
    myndighet = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Myndighet"), required=False, empty_label=_("Alla")
    )

    def narrow(self) -> None:
        """The authorities that there are."""
        choose_from(self, "myndighet", Authority.objects.order_by("name"))


class PublicPostForm(PostForm):
    """The public list: of a diary that the person keeps."""

    utan_sekretess = forms.BooleanField(
        label=_("Lämna ut inga rader alls om det som är sekretessmarkerat"), required=False
    )


class BalanceForm(Narrowing):
    """Whose open cases."""

    myndighet = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Myndighet"), required=False, empty_label=_("Alla")
    )
    enhet = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Enhet"), required=False, empty_label=_("Alla")
    )
    handlaggare = forms.ModelChoiceField(
        User.objects.none(), label=_("Handläggare"), required=False, empty_label=_("Alla")
    )
    omrade = forms.ModelChoiceField(
        ServiceArea.objects.none(), label=_("Tjänsteområde"), required=False, empty_label=_("Alla")
    )

    def narrow(self) -> None:
        """The officers are those of cases that the person sees; the view says which."""
        choose_from(self, "myndighet", Authority.objects.order_by("name"))
        choose_from(self, "enhet", Unit.objects.order_by("name"))
        choose_from(self, "omrade", ServiceArea.objects.order_by("name"))

    def offer_officers(self, keys: list[int]) -> None:
        """Let these be chosen, and read what was chosen anew."""
        choose_from(self, "handlaggare", User.objects.filter(pk__in=keys).order_by("last_name"))
        self.full_clean()


class IncomingForm(PeriodForm):
    """For which meeting, or for which body between which days."""

    sammantrade = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Sammanträde"), required=False, empty_label=_("Välj")
    )
    organ = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Organ"),
        required=False,
        empty_label=_("Välj"),
        help_text=_("I stället för ett sammanträde."),
    )
    field_order = ("sammantrade", "organ", "fran", "till")

    def narrow(self) -> None:
        """The meetings of the last year and those that are planned."""
        since = timezone.localdate() - dt.timedelta(days=MOST_DAYS)
        meetings = Meeting.objects.filter(day__gte=since).select_related("body").order_by("-day")
        choose_from(self, "sammantrade", meetings)
        choose_from(self, "organ", Body.objects.in_force().order_by("name"))


class YearForm(Narrowing):
    """Which year, and for whom."""

    ar = forms.IntegerField(label=_("År"), required=False, min_value=1900, max_value=2999)
    per = forms.ChoiceField(
        label=_("Fördelat på"),
        required=False,
        choices=[("officer", _("Handläggare")), ("unit", _("Enhet"))],
    )
    enhet = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Enhet"), required=False, empty_label=_("Alla")
    )

    def narrow(self) -> None:
        """All units."""
        choose_from(self, "enhet", Unit.objects.order_by("name"))
