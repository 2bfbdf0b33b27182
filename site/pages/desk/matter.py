# SPDX-License-Identifier: EUPL-1.2
"""The page of a matter: a case, an initiative before it has one, or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.feedback.models import NoticeState
from casework.initiatives.enums import ScopeReason
from casework.initiatives.models import Initiative
from casework.initiatives.services import suggest_scope
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.process import mandates
from casework.process.catalogue import TRANSITIONS, Mandate
from casework.process.enums import Stage
from casework.process.line import line_of, standing_of
from casework.process.services import missing_for
from casework.process.services.intake import EDITABLE_BY_LIAISON, EDITABLE_BY_OFFICER
from casework.register.models import Case, Record
from pages.desk.base import (
    DeskView,
    case_or_404,
    has_role,
    initiative_or_404,
    matter_url,
    may_handle,
)
from pages.desk.caretaking import offered_to
from pages.desk.events import events_of
from pages.desk.search import desk_url
from pages.present import head_of, line_stages
from search.services import SearchUnavailable, similar_decisions


@dataclass(frozen=True, slots=True)
class Action:
    """A decision that can be taken from here, or what is missing before it can."""

    name: str
    label: str
    url: str
    missing: list[str]
    is_negative: bool
    who: str


class MatterView(DeskView):
    """Head and line, what to do now, the underlag, records, events; facts beside them."""

    template_name = "desk/matter.html"
    header_icon = "folder-open-inverse"
    crumbs = (("Ärenden", "case:index"),)
    case: Case | None = None
    initiative: Initiative | None = None

    def get_page_title(self) -> str:
        """The number, or the title before there is one."""
        return self.case.dnr if self.case else str(self.initiative)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything that the page shows."""
        context = super().get_context_data(**kwargs)
        case, initiative = self.case, self.initiative
        context.update(case=case, initiative=initiative, matter=case or initiative)
        subjects = []
        if initiative:
            subjects.append(initiative.subject)
            context.update(self.process_context(initiative))
        if case:
            subjects.append(case.subject)
            context.update(self.case_context(case))
        context["events"] = events_of(subjects)
        title = case.title_for(case.face_for(self.user)) if case else str(initiative)
        context["head"] = head_of(initiative, case, title, context.get("standing"))
        return context

    def process_context(self, initiative: Initiative) -> dict[str, Any]:
        """The line, who has it, and the decisions that this person may take."""
        process = initiative.process
        steps = list(process.steps.select_related("body", "actor"))
        standing = standing_of(process)
        return {
            "process": process,
            "steps": steps,
            "line": line_stages(line_of(process, steps)),
            "standing": standing,
            "actions": actions_for(process, self.user),
            "benefits": initiative.benefit_list(),
            "affected": initiative.affected.all(),
            "may_prepare": may_prepare(initiative, self.user),
            "scope_hint": scope_hint(initiative),
            "unsent": initiative.notices.filter(state=NoticeState.FAILED).count(),
        }

    def case_context(self, case: Case) -> dict[str, Any]:
        """Records, facts, links and what was decided before in similar matters."""
        records = (
            Record.objects.visible_to(self.user)
            .filter(case=case)
            .select_related("entry")
            .prefetch_related("files")
        )
        similar, search_down = [], False
        try:
            similar = [(hit, desk_url(hit)) for hit in similar_decisions(case, self.user, 5)]
        except SearchUnavailable:
            search_down = True
        return {
            "records": records,
            "numbers": case.numbers.all(),
            "links": case.links.select_related("target"),
            "grants": case.grants.in_force().select_related("user", "body", "authority"),
            "amendments": case.entry.amendments.all(),
            "consultation": getattr(case, "consultation", None),
            "reports": case.reports.all(),
            "decisions": case.decisions.all(),
            "dissents": case.dissents.all(),
            "earlier_events": case.earlier_events.all(),
            "similar": similar,
            "search_down": search_down,
            "caretaking": offered_to(self.user, case),
            "is_registrar": has_role(self.user, Role.REGISTRAR, case),
            "may_write": has_role(self.user, Role.REGISTRAR, case) or may_handle(self.user, case),
        }


class CaseView(MatterView):
    """The page of a registered case."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the case, or answer as if it did not exist."""
        self.case = case_or_404(self.user, kwargs["pk"])
        self.initiative = (
            Initiative.objects.filter(case=self.case)
            .select_related(
                "process__cycle", "administration", "service_area", "originator", "form_version"
            )
            .first()
        )
        if self.initiative:
            self.initiative.case = self.case
            self.initiative.process.initiative = self.initiative
        return super().get(request, *args, **kwargs)


class InitiativeView(MatterView):
    """The page of an initiative that has no number yet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; once it is registered its page is the case's."""
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        if self.initiative.case_id:
            return redirect(matter_url(self.initiative, self.initiative.case))
        if self.initiative.process.stage == Stage.DRAFT and (
            self.initiative.originator_id != self.user.pk
        ):
            raise Http404
        return super().get(request, *args, **kwargs)


def actions_for(process: Any, user: User) -> list[Action]:
    """The transitions that lead on and that this person may decide, the main one first."""
    special = {
        "register": reverse("desk_register_initiative", args=[process.initiative_id]),
        "send_in": reverse("desk_batch"),
        "merge": reverse("desk_proposal"),
        "submit": f"/initiativ/{process.initiative_id}/",
    }
    area = process.initiative.service_area
    if area:
        special["rank"] = reverse("desk_ranking", args=[area.slug])
    actions = []
    for name in mandates.open_transitions(process, user):
        rule = TRANSITIONS[name]
        url = special.get(name) or reverse("desk_decide", args=[process.initiative_id, name])
        actions.append(
            Action(
                name=name,
                label=str(rule.label),
                url=url,
                missing=missing_for(process, name) if name != "register" else [],
                is_negative=rule.is_negative,
                who=mandates.words(process, rule.mandate),
            )
        )
    return actions


def may_prepare(initiative: Initiative, user: User) -> bool:
    """Whether the person may write in the preparation now."""
    process = initiative.process
    if process.stage in EDITABLE_BY_LIAISON:
        return mandates.holder(process, Mandate.LIAISON, user) is not None
    if process.stage in EDITABLE_BY_OFFICER:
        return mandates.holder(process, Mandate.OFFICER, user) is not None
    return False


def scope_hint(initiative: Initiative) -> str:
    """What R1–R4 point to while the officer judges it; the officer decides."""
    if initiative.process.stage != Stage.REGISTERED:
        return ""
    return _("Uppgifterna talar för: %(ground)s.") % {
        "ground": ScopeReason(suggest_scope(initiative)).label
    }
