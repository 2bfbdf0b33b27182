# SPDX-License-Identifier: EUPL-1.2
"""One page per decision: what it means, who may take it, the form, and the service it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.selectors import answers_of
from casework.initiatives.services import suggest_scope
from casework.meetings.selectors import sitting_for
from casework.prioritisation import services as prioritisation
from casework.process import mandates, services
from casework.process.enums import stage_words
from casework.process.graph import PICTURES, edges, svg
from casework.process.mandates import MANDATE_WORDS
from casework.process.services import missing_for
from casework.process.transitions import machine_of, spec_of, ways
from ui.base import DeskView, add_service_error, done
from ui.decisions import DecisionForm
from ui.links import url_for
from ui.lookups import initiative_or_404

DECISIONS: dict[str, Callable[..., Any]] = {
    "return_to_originator": services.return_to_originator,
    "complete_preparation": services.complete_preparation,
    "reopen_preparation": services.reopen_preparation,
    "send_back": services.send_back,
    "accept_scope": services.accept_scope,
    "exclude_scope": services.exclude_scope,
    "reconsider_scope": services.reconsider_scope,
    "uphold_scope": services.uphold_scope,
    "hand_to_group": services.hand_to_group,
    "postpone": services.postpone,
    "admit": services.admit,
    "request_completion": services.request_completion,
    "reject": services.reject,
    "complete": services.complete,
    "defer": services.defer,
    "give_committee_opinion": prioritisation.give_committee_opinion,
    "leave_out": prioritisation.leave_out,
    "start_implementation": services.start_implementation,
    "finish_implementation": services.finish_implementation,
    "withdraw": services.withdraw,
}
"""The service of every transition that has a page of its own. Registering, sending a batch and
what is decided of a whole list are pages about several initiatives."""

GROUNDS = {
    "accept_scope": ("cross", "large"),
    "exclude_scope": ("local", "not_it"),
    "reconsider_scope": ("cross", "large"),
}


class DecideView(DeskView):
    """Take one decision about one initiative."""

    template_name = "desk/process/decide.html"
    header_icon = "clipboard-list"
    crumbs = ((_l("Ärenden"), "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the initiative and the transition, or answer as if they did not exist."""
        self.name = kwargs["name"]
        if self.name not in DECISIONS:
            raise Http404
        self.spec = spec_of(self.name)
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb."""
        return str(self.spec.label)

    def make_form(self, data: Any = None) -> DecisionForm:
        """The transition's form."""
        process = self.initiative.process
        candidacy = process.live_candidacy
        form = DecisionForm(
            data,
            spec=self.spec,
            body=mandates.body_for(self.spec.mandate, self.initiative, candidacy),
            round=candidacy.round if candidacy else None,
            grounds=GROUNDS.get(self.name, ()),
        )
        if "ground" in form.fields:
            form.fields["ground"].initial = suggest_scope(self.initiative)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The initiative, the mandate and what is missing."""
        process = self.initiative.process
        form = kwargs.pop("form", None) or self.make_form()
        candidacy = process.live_candidacy
        body = mandates.body_for(self.spec.mandate, self.initiative, candidacy)
        return super().get_context_data(
            form=form,
            rule=self.spec,
            initiative=self.initiative,
            answers=answers_of(self.initiative),
            case=self.initiative.case,
            stage=stage_words(process.position),
            candidacy=candidacy,
            back=url_for(self.initiative, "desk"),
            meeting=sitting_for(self.user, body) if body and "meeting" in form.fields else None,
            who=mandates.words(process, self.spec.mandate),
            holders=mandates.holders(process, self.spec.mandate),
            may=mandates.may(process, self.name, self.user),
            missing=missing_for(process, self.name) if self.is_open() else [],
            is_open=self.is_open(),
            last=process.steps().last() if not self.is_open() else None,
            **kwargs,
        )

    def is_open(self) -> bool:
        """Whether the transition leads on from where the initiative is."""
        row = machine_of(self.initiative.process, self.name)
        return row is not None and ways()[self.name].leads_from(row.stage)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision, or show again what was typed with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                step = DECISIONS[self.name](
                    initiative=self.initiative, actor=self.user, **form.arguments()
                )
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
                self.initiative = initiative_or_404(self.user, self.initiative.pk)
            else:
                self.initiative.refresh_from_db()
                name = self.initiative.case.dnr if self.initiative.case else self.initiative.title
                return done(
                    request,
                    _("%(name)s: initiativet %(told)s.")
                    % {"name": name, "told": self.spec.told_as(step.opinion, step.occasion)},
                    url_for(self.initiative, "desk"),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class GuideView(DeskView):
    """How an initiative goes from idea to decision, and who decides what (R47)."""

    template_name = "desk/process/guide.html"
    header_icon = "help"
    page_title = _l("Så går det till")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The pictures and their table."""
        rows = [
            {
                "from": stage_words(edge.source),
                "to": stage_words(edge.target),
                "label": edge.spec.label,
                "who": MANDATE_WORDS[edge.spec.mandate],
            }
            for picture in PICTURES
            for edge in edges(picture.model)
            if edge.spec is not None
        ]
        return super().get_context_data(picture=svg(), rows=rows, **kwargs)
