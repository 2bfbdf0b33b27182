# SPDX-License-Identifier: EUPL-1.2
"""One page per decision: what it means, who may take it, the form, and the service it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.enums import ScopeReason
from casework.initiatives.services import suggest_scope
from casework.process import mandates, services
from casework.process.catalogue import TRANSITIONS
from casework.process.enums import Stage
from casework.process.graph import MANDATE_WORDS, edges, svg
from casework.process.services import missing_for
from desk.process import forms as decision_forms
from ui.base import DeskView, add_service_error, done
from ui.forms import (
    DatedReasonForm,
    ReasonForm,
)
from ui.links import url_for
from ui.lookups import initiative_or_404

DECISIONS: dict[str, tuple[type[forms.Form], Callable[..., Any]]] = {
    "return_to_originator": (ReasonForm, services.return_to_originator),
    "complete_preparation": (forms.Form, services.complete_preparation),
    "accept_scope": (decision_forms.ScopeForm, services.accept_scope),
    "exclude_scope": (decision_forms.ScopeForm, services.exclude_scope),
    "hand_to_group": (forms.Form, services.hand_to_group),
    "admit": (DatedReasonForm, services.admit),
    "request_completion": (DatedReasonForm, services.request_completion),
    "reject": (DatedReasonForm, services.reject),
    "complete": (ReasonForm, services.complete),
    "hand_to_committee": (forms.Form, services.hand_to_committee),
    "give_committee_opinion": (decision_forms.OpinionForm, services.give_committee_opinion),
    "recommend": (decision_forms.OpinionForm, services.recommend),
    "approve": (decision_forms.ApproveForm, services.approve),
    "decline": (decision_forms.CouncilDecisionForm, services.decline),
    "start_implementation": (ReasonForm, services.start_implementation),
    "finish_implementation": (ReasonForm, services.finish_implementation),
    "withdraw": (ReasonForm, services.withdraw),
}
"""The form and the service of every transition that has a page of its own. Registering, sending a
batch, ranking and merging are pages about several initiatives."""

GROUNDS = {"accept_scope": ("cross", "large"), "exclude_scope": ("local", "not_it")}


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
        self.rule = TRANSITIONS[self.name]
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb."""
        return str(self.rule.label)

    def make_form(self, data: Any = None) -> forms.Form:
        """The transition's form; a negative decision demands its reason."""
        form = DECISIONS[self.name][0](data)
        if "reason" in form.fields:
            form.fields["reason"].required = self.rule.needs_reason
        if self.name in GROUNDS:
            field = form.fields["ground"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [c for c in ScopeReason.choices if c[0] in GROUNDS[self.name]]
            field.initial = suggest_scope(self.initiative)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The initiative, the mandate and what is missing."""
        process = self.initiative.process
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form,
            rule=self.rule,
            initiative=self.initiative,
            case=self.initiative.case,
            back=url_for(self.initiative, "desk"),
            who=mandates.words(process, self.rule.mandate),
            people=mandates.people(process, self.rule.mandate),
            may=mandates.may(process, self.name, self.user),
            missing=missing_for(process, self.name) if self.is_open(process) else [],
            is_open=self.is_open(process),
            **kwargs,
        )

    def is_open(self, process: Any) -> bool:
        """Whether the transition leads on from where the initiative is."""
        return process.stage in mandates.SOURCES[self.name]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision, or show again what was typed with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                DECISIONS[self.name][1](self.initiative, actor=self.user, **form.cleaned_data)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                self.initiative.refresh_from_db()
                return done(
                    request,
                    _("Klart: initiativet %(told)s.") % {"told": self.rule.told},
                    url_for(self.initiative, "desk"),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class GuideView(DeskView):
    """How an initiative goes from idea to decision, and who decides what (R47)."""

    template_name = "desk/process/guide.html"
    header_icon = "help"
    page_title = _l("Så går det till")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The picture and its table."""
        rows = [
            {
                "from": Stage(source).label,
                "to": Stage(target).label,
                "label": TRANSITIONS[name].label,
                "who": MANDATE_WORDS[TRANSITIONS[name].mandate],
            }
            for name, source, target in edges()
        ]
        return super().get_context_data(picture=svg(), rows=rows, **kwargs)
