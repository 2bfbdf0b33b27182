# SPDX-License-Identifier: EUPL-1.2
"""Decisions as plain Swedish text, the extract of the minutes, and the minutes' paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.meetings.enums import AttendanceRole
from casework.meetings.models import Attendance, Decision, Disqualification, Meeting
from casework.meetings.selectors import attendance_of, disqualified_for
from casework.register.models import Case


@dataclass(slots=True)
class Paragraph:
    """One act of the meeting with those of its cases that the reader is shown."""

    decision: Decision
    absent: list[str]
    cases: list[Case] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    disqualified: list[Disqualification] = field(default_factory=list)
    dissents: list[Any] = field(default_factory=list)

    @property
    def own(self) -> list[tuple[Case, Decision]]:
        """Case by case what was decided, where it is not the same in all; else nothing."""
        told = {
            (tuple(point.text for point in row.points.all()), row.reason) for row in self.decisions
        }
        return list(zip(self.cases, self.decisions, strict=True)) if len(told) > 1 else []


def paragraphs_of(
    meeting: Meeting, shown: Mapping[int, Case], decisions: Sequence[Decision]
) -> list[Paragraph]:
    """What the minutes tell, paragraph by paragraph.

    Args:
        shown: the cases that the reader sees, by primary key; of the others nothing is told.
        decisions: of the meeting, in order.
    """
    people = list(attendance_of(meeting))
    rows = list(meeting.disqualifications.select_related("user", "case"))
    acts: dict[Any, Paragraph] = {}
    for decision in decisions:
        if decision.case_id not in shown:
            continue
        barred = [row for row in rows if row.case_id == decision.case_id]
        away = _absent(decision, people, {row.user_id for row in barred})
        act = acts.setdefault(decision.act, Paragraph(decision, away))
        act.cases.append(shown[decision.case_id])
        act.decisions.append(decision)
        act.disqualified += barred
        act.dissents += list(decision.dissents.all())
    return list(acts.values())


def hours_of(meeting: Meeting) -> str:
    """From when to when the body met: ``13.00–14.30``; an end that equals the start is left out.

    Of a meeting that was entered on a later day the hours are not known, and not told.
    """
    if meeting.opened_at is None or timezone.localdate(meeting.opened_at) != meeting.day:
        return ""
    moments = [each for each in (meeting.opened_at, meeting.closed_at) if each]
    return "–".join(dict.fromkeys(f"{timezone.localtime(each):%H.%M}" for each in moments))


def people_of(meeting: Meeting, decisions: Sequence[Decision]) -> list[Attendance]:
    """Who was there, also those who left after a decision in which they took part."""
    took_part = {user for decision in decisions for user in decision.took_part}
    return [row for row in attendance_of(meeting) if row.is_present or row.user_id in took_part]


def _absent(decision: Decision, people: Sequence[Attendance], barred: set[int]) -> list[str]:
    """Members of the meeting who were not in the room for this decision, jäv apart."""
    if not decision.took_part:
        return []
    return [
        str(row.user)
        for row in people
        if row.role in {AttendanceRole.CHAIR, AttendanceRole.MEMBER}
        and row.user_id not in decision.took_part
        and row.user_id not in barred
    ]


def extract_text(decision: Decision) -> str:
    """An extract of the minutes for one decision: body, day, points, reason, jäv, dissent."""
    day = decision.day.isoformat() if decision.day else _("okänd dag")
    blocks = [
        f"{decision.body.name}\n{_('Protokollsutdrag')} {day} {decision.paragraph}".rstrip(),
        f"{decision.case.title}\n{decision.case.dnr}",
        _("Beslut"),
    ]
    if decision.lead:
        blocks.append(decision.lead)
    points = [f"{point.position}. {point.text}" for point in decision.points.all()]
    if points:
        blocks.append("\n".join(points))
    if decision.reason:
        blocks.append(f"{_('Skäl')}\n{decision.reason}")
    for row in disqualified_for(decision):
        blocks.append(
            _("Jäv: %(who)s lämnade rummet och deltog inte i beslutet.") % {"who": row.user}
        )
    for dissent in decision.dissents.prefetch_related("persons"):
        lines = [f"{dissent.get_kind_display()}: {dissent.who}"]
        lines += dissent.proposal_points
        if dissent.statement:
            lines.append(dissent.statement)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
