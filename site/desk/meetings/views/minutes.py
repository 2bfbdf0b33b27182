# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a meeting as they write themselves, to read, approve and print (R61, R70)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.meetings.models import Decision, Disqualification, Meeting
from casework.meetings.selectors import attendance_of, decisions_in
from casework.register.models import Case
from desk.meetings.lookups import meeting_or_404
from ui.base import DeskView


@dataclass(slots=True)
class Paragraph:
    """One act of the meeting with its cases."""

    decision: Decision
    cases: list[Case]
    disqualified: list[Disqualification]
    absent: list[str]
    dissents: list[Any]


class MinutesView(DeskView):
    """What stands in the minutes; of cases that the reader may not see only how many."""

    template_name = "desk/meetings/minutes.html"
    header_icon = "doc-full"
    crumbs = ((_l("Möten"), "desk_meetings"),)
    meeting: Meeting

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the meeting among those the person takes part in."""
        self.meeting = meeting_or_404(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The body and the day."""
        return _("Protokoll: %(meeting)s") % {"meeting": self.meeting}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who was there, and paragraph by paragraph what was decided."""
        meeting = self.meeting
        decisions = list(decisions_in(meeting))
        shown = {
            case.pk: case
            for case in Case.objects.shown_to(self.user).filter(
                pk__in=[row.case_id for row in decisions]
            )
        }
        people = list(attendance_of(meeting))
        acts: dict[Any, Paragraph] = {}
        jav = list(meeting.disqualifications.filter(case__in=shown).select_related("user", "case"))
        for row in decisions:
            if row.case_id not in shown:
                continue
            barred = [each for each in jav if each.case_id == row.case_id]
            act = acts.setdefault(row.act, Paragraph(row, [], [], _absent(row, people), []))
            act.cases.append(shown[row.case_id])
            act.disqualified += barred
            act.dissents += list(row.dissents.all())
        return super().get_context_data(
            meeting=meeting,
            people=[row for row in people if row.is_present or _took_part(row.user_id, decisions)],
            acts=list(acts.values()),
            hidden=len({row.act for row in decisions if row.case_id not in shown}),
            back=reverse("desk_body_meeting", args=[meeting.pk]),
            **kwargs,
        )


def _took_part(user: int, decisions: list[Decision]) -> bool:
    return any(user in row.took_part for row in decisions)


def _absent(decision: Decision, people: list[Any]) -> list[str]:
    """Members of the meeting who were not in the room for this decision, jäv apart."""
    if not decision.took_part:
        return []
    barred = (
        {
            row.user_id
            for row in decision.meeting.disqualifications.all()
            if row.case_id == decision.case_id
        }
        if decision.meeting
        else set()
    )
    return [
        str(row.user)
        for row in people
        if row.role in {"chair", "member"}
        and row.user_id not in decision.took_part
        and row.user_id not in barred
    ]
