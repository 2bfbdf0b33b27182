# SPDX-License-Identifier: EUPL-1.2
"""A reminder, and handing over, on the page of a case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.follow_up.permissions import may_remind
from casework.follow_up.selectors import stand_ins_of
from casework.follow_up.services import set_reminder
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.permissions import may_assign
from casework.register.services import assign_officer, assign_unit
from desk.follow_up.forms import CaseReminderForm, HandOverForm
from ui.case_actions import CaseAction, register_case_action


def _remind(case: Case, form: Any, actor: User) -> None:
    set_reminder(case=case, actor=actor, **form.cleaned_data)


def _hand_over(case: Case, form: Any, actor: User) -> str:
    data = form.cleaned_data
    if data["unit"]:
        assign_unit(case=case, unit=data["unit"], note=data["note"], actor=actor)
        return ""
    officer = data["user"]
    assign_officer(case=case, officer=officer, note=data["note"], actor=actor)
    substitutes = stand_ins_of({officer.pk}).get(officer.pk)
    if not substitutes:
        return ""
    return _("%(who)s är borta just nu och ersätts av %(by)s.") % {
        "who": officer,
        "by": ", ".join(map(str, substitutes)),
    }


register_case_action(
    "bevaka",
    CaseAction(
        _l("Sätt en bevakning"),
        CaseReminderForm,
        _remind,
        may_remind,
        order=15,
        for_user=True,
    ),
)
register_case_action(
    "lamna-over",
    CaseAction(
        _l("Lämna över"),
        HandOverForm,
        _hand_over,
        may_assign,
        order=12,
        offered=lambda case, file: case.closed_at is None,
    ),
)
