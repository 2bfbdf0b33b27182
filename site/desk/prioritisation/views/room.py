# SPDX-License-Identifier: EUPL-1.2
"""The meeting room: the matter for all to read, outcomes by one key, one gavel (R30, R31, R45)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.initiatives.selectors import answers_of, bases_of
from casework.meetings import services as meetings
from casework.meetings.models import Decision, Meeting
from casework.meetings.permissions import (
    is_disqualified,
    may_decide_alone,
    may_lead_meeting,
    may_record,
    may_settle,
)
from casework.meetings.selectors import (
    agenda_of,
    attendance_of,
    decisions_in,
    quorum_of,
    sitting_for,
)
from casework.meetings.services import TABLE
from casework.prioritisation.rows import grants_of
from casework.process import mandates
from casework.process import services as process
from casework.process.enums import Standing
from casework.process.specs import Mandate
from casework.process.transitions import spec_of
from casework.register.models import Case
from casework.register.selectors import dependencies_of
from desk.prioritisation.views.group import GroupView
from desk.prioritisation.views.matter import (
    Point,
    TablingForm,
    act_fields,
    benefits,
    dnr,
    earlier_words,
    focus,
    following,
    label_of,
    plain,
    texts,
    told_of,
)
from ui.attendance import AttendanceForm, DisqualificationForm
from ui.base import add_service_error, done, refuse
from ui.case_file import CaseFile
from ui.decisions import DecisionForm
from ui.panels import panels_of

OUTCOMES: dict[str, Callable[..., Any]] = {
    "admit": process.admit,
    "request_completion": process.request_completion,
    "reject": process.reject,
    TABLE: meetings.table_cases,
    "defer": process.defer,
}
"""What a group comes to, in the order of the keys: 1, 2, 3 …; by delegation nothing is tabled."""


class MeetingView(GroupView):
    """Step one: the agenda, the matter in the widest column, the group's outcomes (R31)."""

    template_name = "desk/prioritisation/meeting.html"

    def get_page_title(self) -> str:
        """The area's meeting."""
        return _("Gruppmöte: %(area)s, %(round)s") % {
            "area": self.area.service_area,
            "round": self.round,
        }

    def points(self) -> list[Point]:
        """The agenda as this person sees it: the meeting's order, then the oldest first."""
        meeting = self.meeting
        items = {row.case_id: row for row in agenda_of(meeting)} if meeting else {}
        tabled = (
            set(meeting.decisions.filter(is_tabling=True).values_list("case", flat=True))
            if meeting
            else set()
        )
        rows = self.visible(Standing.WITH_GROUP)
        last = len(items) + 1
        rows.sort(key=lambda i: items[i.case_id].position if i.case_id in items else last)
        return [Point(row, items.get(row.case_id), row.case_id in tabled) for row in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The agenda and the chosen initiative: the first that nothing is said of, unless told."""
        points, meeting = self.points(), self.meeting
        chosen = self.request.GET.get("initiativ") or self.request.POST.get("initiative")
        point = next((p for p in points if str(p.initiative.pk) == chosen), None)
        point = point or next((p for p in points if p.is_open), points[0] if points else None)
        index = points.index(point) if point else 0
        current = point.initiative if point else None
        noted = [p for p in points if p.noted]
        asked = kwargs.pop("outcome", None) or self.request.GET.get("utfall")
        item = point.item if point else None
        outcome = asked or (item.outcome if item else "") or "admit"
        if outcome not in OUTCOMES:
            outcome = "admit"
        form = kwargs.pop("form", None) or self.form_for(
            outcome, initial=item.details if item and item.outcome == outcome else {}
        )
        if asked:
            focus(form)
        leads = meeting is not None and may_lead_meeting(self.user, meeting)
        context = {
            "attendance_form": AttendanceForm(meeting=meeting, auto_id="there_%s")
            if meeting
            else None,
            "jav_form": self.jav_form(current) if meeting and current else None,
        }
        context.update(kwargs)
        return super().get_context_data(
            points=points,
            point=point,
            current=current,
            number=index + 1,
            next=points[index + 1].initiative if index + 1 < len(points) else None,
            previous=points[index - 1].initiative if index else None,
            others=[p for p in points if p.is_open and p is not point],
            noted=noted,
            leads=leads,
            sitting=sitting_for(self.user, self.area.group) if self.area.group else None,
            delegated=self.area.group is not None
            and may_decide_alone(self.user, self.area.group, timezone.localdate()),
            at_the_table=self.seat and self.at_the_table(current),
            form=form,
            act_fields=act_fields(form),
            at_once=outcome != TABLE and (item is None or may_settle(self.user, item)),
            outcome=outcome,
            outcomes=[
                (name, label_of(name)) for name in OUTCOMES if meeting is not None or name != TABLE
            ],
            label=label_of(outcome),
            lacking=process.missing_for(current.process, outcome)
            if current and outcome != TABLE
            else [],
            completion=self.visible(Standing.COMPLETION),
            hidden=self.hidden(Standing.WITH_GROUP),
            admitted=len(self.visible(Standing.ADMITTED)),
            **self.about_the_meeting(meeting, current),
            **(self.about(current) if current else {}),
            **context,
        )

    def at_the_table(self, current: Initiative | None) -> bool:
        """Whether the person takes part in what is now decided: jäv leaves the room."""
        meeting = self.meeting
        if meeting is None or current is None or current.case is None:
            return True
        return may_record(self.user, meeting.body, meeting.day) and not is_disqualified(
            self.user, meeting, current.case
        )

    def about_the_meeting(
        self, meeting: Meeting | None, current: Initiative | None
    ) -> dict[str, Any]:
        """Who is there, who has left for this case, and what was decided so far."""
        if meeting is None:
            return {}
        seen = Case.objects.visible_to(self.user)
        case = current.case if current else None
        decided: list[Decision] = list(decisions_in(meeting).filter(case__in=seen))
        return {
            "attendance": [row for row in attendance_of(meeting) if row.is_present],
            "quorum": quorum_of(meeting, case) if case else None,
            "aside": meeting.disqualifications.filter(case=case).select_related("user")
            if case
            else [],
            "decided": decided,
            "since": timezone.now(),
        }

    def about(self, current: Initiative) -> dict[str, Any]:
        """The matter: text for the wall, benefit and cost, what hangs on what, and the panels."""
        (basis,) = bases_of([current])
        file = CaseFile(Case.objects.shown_to(self.user).get(pk=current.case_id), current)
        return {
            "basis": basis,
            "granted": _granted_before(current),
            "texts": texts(current, basis),
            "benefits": benefits(current, basis),
            "links": dependencies_of(self.user, [current.case_id or 0]).get(
                current.case_id or 0, []
            ),
            "answers": answers_of(current),
            "earlier": earlier_words(current.process),
            "file": file,
            "panels": panels_of("room", self.user, file),
            "people": mandates.people(current.process, Mandate.GROUP),
        }

    def jav_form(self, current: Initiative, data: Any = None) -> DisqualificationForm | None:
        """The form of who leaves the room for this case."""
        meeting = self.meeting
        if meeting is None:
            return None
        form = DisqualificationForm(data, auto_id="jav_%s", meeting=meeting, user=self.user)
        field = form.fields["case"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Case.objects.visible_to(self.user).filter(pk=current.case_id)
        field.initial, field.widget = current.case_id, forms.HiddenInput()
        return form

    def form_for(self, outcome: str, data: Any = None, **kwargs: Any) -> Any:
        """The form of an outcome."""
        if outcome == TABLE:
            return TablingForm(data, **kwargs)
        return DecisionForm(
            data, spec=spec_of(outcome), body=self.area.group, round=self.round, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out what the pressed button says."""
        here = request.path
        try:
            for name in ("gavel", "undo", "attendance"):
                if name in request.POST:
                    return getattr(self, f"do_{name}")(request, here)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, here)
        points = self.points()
        wanted = request.POST.get("initiative")
        point = next((p for p in points if str(p.initiative.pk) == wanted), None)
        if point is None:
            return self.too_late(request)
        if "jav" in request.POST:
            return self.do_jav(request, point.initiative)
        outcome = request.POST.get("note") or request.POST.get("outcome") or ""
        if outcome not in OUTCOMES or ("note" not in request.POST and outcome == TABLE):
            return self.too_late(request)
        form = self.form_for(outcome, request.POST)
        if form.is_valid():
            try:
                if "note" in request.POST:
                    return self.note(request, point, points, outcome, form)
                arguments = form.arguments()
                arguments["act"] = replace(arguments["act"], over=request.POST.get("over", ""))
                OUTCOMES[outcome](initiative=point.initiative, actor=self.user, **arguments)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(
                    request,
                    _("%(dnr)s: initiativet %(told)s.")
                    % {"dnr": dnr(point.initiative), "told": told_of(outcome)},
                    here + following(point, points, [point.initiative]),
                )
        context = self.get_context_data(form=form, outcome=outcome)
        return self.render_to_response(context, status=422)

    def note(
        self, request: HttpRequest, point: Point, points: list[Point], outcome: str, form: Any
    ) -> HttpResponse:
        """Note the outcome of one or several initiatives, and go to the next."""
        meeting = self.meeting
        if meeting is None:
            raise ValidationError(_("Inget möte pågår."))
        also = set(request.POST.getlist("also"))
        chosen = [p.initiative for p in points if p is point or str(p.initiative.pk) in also]
        arguments = form.arguments()
        arguments.pop("act", None)
        meetings.note_outcome(
            meeting=meeting,
            cases=[initiative.case for initiative in chosen if initiative.case],
            outcome=outcome,
            details={name: plain(value) for name, value in arguments.items()},
            actor=self.user,
        )
        return done(
            request,
            _("Antecknat: %(label)s, %(dnr)s.")
            % {"label": label_of(outcome), "dnr": ", ".join(map(dnr, chosen))},
            request.path + following(point, points, chosen),
        )

    def do_gavel(self, request: HttpRequest, here: str) -> HttpResponse:
        """Decide what is noted: all that this person sees, or one."""
        meeting = self.meeting
        if meeting is None:
            raise ValidationError(_("Inget möte pågår."))
        wanted = request.POST["gavel"]
        cases = [
            p.initiative.case
            for p in self.points()
            if p.noted and p.initiative.case and wanted in {"all", str(p.initiative.pk)}
        ]
        decided = process.decide_noted(meeting=meeting, cases=cases, actor=self.user)
        told = ", ".join(f"{row.case.dnr} {row.paragraph}" for row in decided)
        return done(request, _("Gruppen har beslutat %(told)s.") % {"told": told}, here)

    def do_undo(self, request: HttpRequest, here: str) -> HttpResponse:
        """Take away what is noted."""
        found = next(
            (p for p in self.points() if str(p.initiative.pk) == request.POST["undo"]), None
        )
        if found is None or found.initiative.case is None or self.meeting is None:
            raise Http404
        meetings.undo_outcome(meeting=self.meeting, case=found.initiative.case, actor=self.user)
        return done(
            request,
            _("%(dnr)s: det antecknade utfallet är borttaget.") % {"dnr": dnr(found.initiative)},
            f"{here}?initiativ={found.initiative.pk}",
        )

    def do_attendance(self, request: HttpRequest, here: str) -> HttpResponse:
        """Note who is there now."""
        if self.meeting is None:
            raise ValidationError(_("Inget möte pågår."))
        form = AttendanceForm(request.POST, meeting=self.meeting)
        form.is_valid()
        meetings.note_attendance(
            meeting=self.meeting,
            present=list(form.cleaned_data.get("present") or []),
            actor=self.user,
        )
        wanted = request.POST.get("initiative", "")
        query = f"?initiativ={wanted}" if wanted.isdecimal() else ""
        return done(request, _("Närvaron är antecknad."), here + query)

    def do_jav(self, request: HttpRequest, current: Initiative) -> HttpResponse:
        """Note who leaves the room for this case."""
        form, meeting = self.jav_form(current, request.POST), self.meeting
        if form is not None and meeting is not None and form.is_valid():
            try:
                meetings.note_disqualification(
                    meeting=meeting, actor=self.user, **form.cleaned_data
                )
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(
                    request, _("Jävet är antecknat."), f"{request.path}?initiativ={current.pk}"
                )
        return self.render_to_response(self.get_context_data(jav_form=form), status=422)

    def too_late(self, request: HttpRequest) -> HttpResponse:
        """Somebody was first: say who decided what, and give back what was typed."""
        typed = request.POST.get("reason") or request.POST.get("questions") or ""
        text = request.POST.get("initiative", "")
        step = None
        if text.isdecimal():
            found = Initiative.objects.filter(
                pk=int(text), case__in=Case.objects.visible_to(self.user)
            ).first()
            step = found.process.steps().last() if found else None
        sentence = (
            _("%(who)s var först: initiativet %(told)s.")
            % {"who": step.actor, "told": spec_of(step.transition).told_as(step.opinion)}
            if step
            else _("Initiativet är inte längre på dagordningen.")
        )
        context = self.get_context_data(typed=typed, too_late=sentence)
        return self.render_to_response(context, status=409)


def _granted_before(current: Initiative) -> int:
    """What earlier rounds gave it: it is here for the rest."""
    candidacy = current.process.live_candidacy
    return grants_of([candidacy])[candidacy.pk] if candidacy else 0
