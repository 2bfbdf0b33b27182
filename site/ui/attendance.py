# SPDX-License-Identifier: EUPL-1.2
"""Who is at a meeting and who leaves for a case: the forms that several pages of a meeting show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.meetings.models import Meeting
from casework.organisation.enums import CHAIRS
from casework.organisation.models import User
from casework.organisation.selectors import seats_of
from casework.register.models import Case


class AttendanceForm(forms.Form):
    """Who is there, and who leads."""

    chair = forms.ModelChoiceField(
        label=_("Ordförande vid mötet"), queryset=User.objects.none(), required=False
    )
    present = forms.ModelMultipleChoiceField(
        label=_("Närvarande"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = seats_of(meeting.body, meeting.day)
        people = User.objects.filter(pk__in=seats.values("user"))
        for name in ("chair", "present"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people
        if meeting.is_open:
            del self.fields["chair"]
        elif led := seats.filter(role__in=CHAIRS).first():
            self.fields["chair"].initial = led.user_id
        self.fields["present"].initial = (
            list(meeting.attendances.filter(is_present=True).values_list("user", flat=True))
            if meeting.is_open
            else list(people.values_list("pk", flat=True))
        )


class DisqualificationForm(forms.Form):
    """Jäv in one of the cases."""

    case = forms.ModelChoiceField(label=_("Ärende"), queryset=Case.objects.none())
    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Skäl till jävet"), max_length=400)

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, person = self.fields["case"], self.fields["user"]
        assert isinstance(case, forms.ModelChoiceField)
        assert isinstance(person, forms.ModelChoiceField)
        case.queryset = Case.objects.visible_to(user).filter(agenda_items__meeting=meeting)
        person.queryset = User.objects.filter(
            pk__in=meeting.attendances.filter(is_present=True).values("user")
        )
