# SPDX-License-Identifier: EUPL-1.2
"""The bodies' meetings: plan, open, note, close; and what was decided in them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.meetings import services
from casework.meetings.models import Meeting
from casework.meetings.permissions import may_call, may_lead_meeting
from casework.meetings.selectors import (
    agenda_of,
    attendance_of,
    decisions_in,
    meetings_shown_to,
)
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body
from casework.planning.selectors import rooms_of, rounds_in_motion
from casework.process.selectors import before_committee, ready_for
from casework.register.models import Case
from desk.meetings import forms
from desk.meetings.lookups import meeting_or_404
from ui.attendance import AttendanceForm, DisqualificationForm
from ui.base import DeskView, add_service_error, done
from ui.decisions import messages_of
from ui.links import find_url


class MeetingsView(DeskView):
    """The meetings of the person's bodies, and planning a new one."""

    template_name = "desk/meetings/meetings.html"
    header_icon = "date"
    page_title = _l("Möten")

    @property
    def bodies(self) -> Any:
        """The bodies whose meetings the person plans."""
        found = [body.pk for body in Body.objects.in_force() if may_call(self.user, body)]
        return Body.objects.filter(pk__in=found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list and the form."""
        bodies = self.bodies
        return super().get_context_data(
            today=timezone.localdate(),
            meetings=meetings_shown_to(self.user).order_by("-day", "-pk")[:60],
            form=kwargs.pop("form", None) or (forms.PlanForm(bodies=bodies) if bodies else None),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Plan a meeting."""
        form = forms.PlanForm(request.POST, bodies=self.bodies)
        if form.is_valid():
            try:
                meeting = services.plan_meeting(actor=self.user, **form.cleaned_data)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(
                    request,
                    _("Mötet är planerat: %(meeting)s.") % {"meeting": meeting},
                    reverse("desk_body_meeting", args=[meeting.pk]),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class BodyMeetingView(DeskView):
    """One meeting: agenda, attendance, jäv, decisions, dissent, minutes."""

    template_name = "desk/meetings/meeting.html"
    header_icon = "group"
    crumbs = ((_l("Möten"), "desk_meetings"),)
    meeting: Meeting

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the meeting among those the person takes part in."""
        self.meeting = meeting_or_404(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The body and the day."""
        return str(self.meeting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything about the meeting that the person may see."""
        meeting = self.meeting
        shown = {
            case.pk: case
            for case in Case.objects.shown_to(self.user).filter(
                pk__in=[
                    *meeting.agenda.values_list("case", flat=True),
                    *meeting.decisions.values_list("case", flat=True),
                ]
            )
        }
        agenda = list(agenda_of(meeting))
        decisions = [row for row in decisions_in(meeting) if row.case_id in shown]
        leads = may_lead_meeting(self.user, meeting)
        calls = may_call(self.user, meeting.body)
        initial = "\n".join(shown[item.case_id].dnr for item in agenda if item.case_id in shown)
        context = {
            "agenda_form": forms.AgendaForm(user=self.user, initial={"numbers": initial}),
            "attendance_form": AttendanceForm(meeting=meeting),
            "jav_form": DisqualificationForm(meeting=meeting, user=self.user),
            "cancel_form": forms.CancelForm(),
            "minutes_form": forms.MinutesForm(initial={"text": meeting.minutes}),
            "approval_form": forms.ApprovalForm(meeting=meeting),
            "decision_form": forms.NoteDecisionForm(user=self.user),
        }
        context.update(kwargs)
        return super().get_context_data(
            meeting=meeting,
            leads=leads,
            calls=calls,
            ready=len(self.ready()) if calls and not meeting.is_over else 0,
            rooms=rooms_of(meeting.body),
            pages=[] if meeting.is_over else self.decision_pages(),
            agenda=[(item, shown[item.case_id]) for item in agenda if item.case_id in shown],
            hidden=len([item for item in agenda if item.case_id and item.case_id not in shown]),
            attendance=attendance_of(meeting),
            disqualified=meeting.disqualifications.filter(case__in=shown).select_related(
                "case", "user"
            ),
            decisions=[(row, shown[row.case_id]) for row in decisions],
            **context,
        )

    def decision_pages(self) -> list[tuple[str, str]]:
        """Where the body decides of initiatives: of a round as a whole, or of one at a time."""
        body = self.meeting.body
        of_rounds = [
            (_("Beslut i omgången %(round)s") % {"round": row}, url)
            for row in rounds_in_motion()
            if (url := find_url(row, f"decides.{body.kind}")) is not None
        ]
        if body.kind != BodyKind.COMMITTEE:
            return of_rounds
        return [
            (_("Ta ställning till %(initiative)s") % {"initiative": row.initiative}, url)
            for row in before_committee(self.user)
            if (url := find_url(row.initiative, "transition.give_committee_opinion")) is not None
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out what the pressed button says."""
        name = next((key for key in ACTIONS if key in request.POST), None)
        if name is None:
            raise Http404
        return getattr(self, f"do_{name}")(request)

    def carry_out(self, form: Any, key: str, call: Any, sentence: str) -> HttpResponse:
        """Validate, call the service, and say so; or show what is wrong."""
        if form is None or form.is_valid():
            try:
                call()
            except (ValidationError, PermissionDenied) as error:
                if form is None:
                    return self.render_to_response(
                        self.get_context_data(faults=messages_of(error)), status=422
                    )
                add_service_error(form, error)
            else:
                return done(
                    self.request, sentence, reverse("desk_body_meeting", args=[self.meeting.pk])
                )
        return self.render_to_response(self.get_context_data(**{key: form}), status=422)

    def do_agenda(self, request: HttpRequest) -> HttpResponse:
        """Set the agenda."""
        form = forms.AgendaForm(request.POST, user=self.user)
        return self.carry_out(
            form,
            "agenda_form",
            lambda: services.set_agenda(
                meeting=self.meeting,
                cases=[*form.cleaned_data["numbers"], *self.unseen()],
                actor=self.user,
            ),
            _("Dagordningen är sparad."),
        )

    def unseen(self) -> list[Case]:
        """What is on the agenda and the person may not see; it stays there, last."""
        rows = Case.objects.filter(agenda_items__meeting=self.meeting).order_by("pk")
        return list(rows.exclude(pk__in=Case.objects.visible_to(self.user).values("pk")))

    def do_propose(self, request: HttpRequest) -> HttpResponse:
        """Add to the agenda what is ready for the body."""
        return self.carry_out(
            None,
            "",
            lambda: services.set_agenda(
                meeting=self.meeting,
                cases=[*self.on_agenda(), *self.ready()],
                actor=self.user,
            ),
            _("Det som är berett står på dagordningen."),
        )

    def on_agenda(self) -> list[Case]:
        """The cases on the agenda, in order."""
        return [item.case for item in agenda_of(self.meeting) if item.case is not None]

    def ready(self) -> list[Case]:
        """What is ready for the body and not on the agenda yet."""
        there = {case.pk for case in self.on_agenda()}
        return [case for case in ready_for(self.meeting.body) if case.pk not in there]

    def do_call(self, request: HttpRequest) -> HttpResponse:
        """Call the body's people by mail."""
        return self.carry_out(
            None,
            "",
            lambda: services.call_meeting(meeting=self.meeting, actor=self.user),
            _("Kallelsen är skickad till ledamöterna."),
        )

    def do_cancel(self, request: HttpRequest) -> HttpResponse:
        """Call the meeting off."""
        form = forms.CancelForm(request.POST)
        return self.carry_out(
            form,
            "cancel_form",
            lambda: services.cancel_meeting(
                meeting=self.meeting, reason=form.cleaned_data["reason"], actor=self.user
            ),
            _("Mötet är inställt."),
        )

    def do_open(self, request: HttpRequest) -> HttpResponse:
        """Open the meeting."""
        form = AttendanceForm(request.POST, meeting=self.meeting)
        return self.carry_out(
            form,
            "attendance_form",
            lambda: services.open_meeting(
                meeting=self.meeting,
                chair=form.cleaned_data["chair"],
                present=list(form.cleaned_data["present"]),
                actor=self.user,
            ),
            _("Mötet är öppnat."),
        )

    def do_attendance(self, request: HttpRequest) -> HttpResponse:
        """Note who is there now."""
        form = AttendanceForm(request.POST, meeting=self.meeting)
        return self.carry_out(
            form,
            "attendance_form",
            lambda: services.note_attendance(
                meeting=self.meeting, present=list(form.cleaned_data["present"]), actor=self.user
            ),
            _("Närvaron är antecknad."),
        )

    def do_jav(self, request: HttpRequest) -> HttpResponse:
        """Note jäv."""
        form = DisqualificationForm(request.POST, meeting=self.meeting, user=self.user)
        return self.carry_out(
            form,
            "jav_form",
            lambda: services.note_disqualification(
                meeting=self.meeting, actor=self.user, **form.cleaned_data
            ),
            _("Jävet är antecknat."),
        )

    def do_decision(self, request: HttpRequest) -> HttpResponse:
        """Note what the body decided in a case."""
        form = forms.NoteDecisionForm(request.POST, user=self.user)
        return self.carry_out(
            form,
            "decision_form",
            lambda: services.record_decision(
                cases=[form.cleaned_data["number"]],
                body=self.meeting.body,
                actor=self.user,
                meeting=self.meeting,
                points=[p.strip() for p in form.cleaned_data["points"].splitlines() if p.strip()],
                lead=form.cleaned_data["lead"],
                paragraph=form.cleaned_data["paragraph"],
                not_before=form.cleaned_data["number"].received_date,
            ),
            _("Beslutet är antecknat."),
        )

    def do_minutes(self, request: HttpRequest) -> HttpResponse:
        """Save the notes."""
        form = forms.MinutesForm(request.POST)
        return self.carry_out(
            form,
            "minutes_form",
            lambda: services.save_minutes(
                meeting=self.meeting, text=form.cleaned_data["text"], actor=self.user
            ),
            _("Anteckningarna är sparade."),
        )

    def do_close(self, request: HttpRequest) -> HttpResponse:
        """Close the meeting."""
        return self.carry_out(
            None,
            "",
            lambda: services.close_meeting(meeting=self.meeting, actor=self.user),
            _("Mötet är avslutat."),
        )

    def do_approve(self, request: HttpRequest) -> HttpResponse:
        """Approve the minutes."""
        form = forms.ApprovalForm(request.POST, meeting=self.meeting)
        return self.carry_out(
            form,
            "approval_form",
            lambda: services.approve_minutes(
                meeting=self.meeting, actor=self.user, **form.cleaned_data
            ),
            _("Protokollet är justerat."),
        )

    def do_announce(self, request: HttpRequest) -> HttpResponse:
        """Note the announcement."""
        return self.carry_out(
            None,
            "",
            lambda: services.announce_minutes(meeting=self.meeting, actor=self.user),
            _("Protokollet är anslaget."),
        )


ACTIONS = (
    "agenda", "propose", "call", "cancel", "open", "attendance", "jav", "decision", "minutes",
    "close", "approve", "announce",
)  # fmt: skip
"""The buttons of a meeting's page."""
