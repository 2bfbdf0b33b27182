# SPDX-License-Identifier: EUPL-1.2
"""Disposal by a recorded decision, and how far a closing has come."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.archive import services
from casework.archive.models import Closing, DisposalDecision
from casework.archive.selectors import due_cases
from casework.archive.services.disposal import MOST
from casework.inbox.models import InboxItem
from casework.inbox.selectors import due_items
from casework.inbox.services import dispose_items
from casework.register.models import Case
from casework.register.permissions import diaries_of
from desk.archive.forms import DecisionForm
from ui.base import DeskView, FormView, done, refuse
from ui.lookups import case_or_404


class ArchiveView(DeskView):
    """A page for those who keep a diary."""

    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse everybody else."""
        self.kept = diaries_of(self.user)
        if not self.kept:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def decisions(self) -> QuerySet[DisposalDecision]:
        """Those of the person's own authorities."""
        rows = DisposalDecision.objects.filter(authority__in=self.kept)
        return rows.select_related("authority").prefetch_related("classes")


class DecisionsView(ArchiveView):
    """The decisions by which something may be disposed of."""

    template_name = "desk/archive/decisions.html"
    page_title = _l("Gallring")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        return super().get_context_data(decisions=self.decisions(), **kwargs)


class RecordDecisionView(ArchiveView, FormView):
    """Record such a decision."""

    page_title = _l("För in ett gallringsbeslut")
    submit_label = _l("För in beslutet")
    crumbs = ((_l("Gallring"), "desk_disposal"),)

    def make_form(self, data: Any = None, files: Any = None) -> DecisionForm:
        """What was decided."""
        return DecisionForm(data, authorities=self.kept)

    def carry_out(self, form: DecisionForm) -> HttpResponse:
        """Record it, and see what it reaches."""
        row = services.record_decision(actor=self.user, **form.cleaned_data)
        return done(
            self.request,
            _l("Beslutet är infört. Inget är gallrat än."),
            reverse("desk_disposal_decision", args=[row.pk]),
        )


class DecisionView(ArchiveView):
    """What a decision reaches; some of it, or all that is shown, is disposed of."""

    template_name = "desk/archive/decision.html"
    page_title = _l("Gallring")
    crumbs = ((_l("Gallring"), "desk_disposal"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cases and what is in none, the oldest first, as many as are disposed of at once."""
        decision = get_object_or_404(self.decisions(), pk=self.kwargs["pk"])
        rows = due_cases(decision, self.user)
        items = due_items(decision, self.user).defer("text")
        return super().get_context_data(
            decision=decision,
            cases=rows[:MOST],
            count=rows.count(),
            items=items[:MOST],
            item_count=items.count(),
            most=MOST,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Dispose of what is ticked."""
        decision = get_object_or_404(self.decisions(), pk=kwargs["pk"])
        here = reverse("desk_disposal_decision", args=[decision.pk])
        chosen, of_inbox = (
            [int(pk) for pk in request.POST.getlist(name) if pk.isdecimal()]
            for name in ("case", "item")
        )
        cases = Case.objects.visible_to(self.user).filter(pk__in=chosen)
        items = InboxItem.objects.visible_to(self.user).filter(pk__in=of_inbox)
        try:
            if not (chosen or of_inbox) or "sure" not in request.POST:
                raise ValidationError(
                    _l("Markera vad som ska gallras och att du är säker. Inget är gallrat.")
                )
            with transaction.atomic():
                gone = dispose_items(decision=decision, items=items, actor=self.user)
                count = services.dispose(decision=decision, cases=cases, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, here)
        return done(request, _told(decision, count, gone, bool(chosen)), here)


def _told(decision: DisposalDecision, records: int, items: int, of_cases: bool) -> str:
    """How much is gone, of cases and of what is in none."""
    found = []
    if of_cases or not items:
        found.append(
            ngettext(
                "%(count)s handling är gallrad enligt %(reference)s.",
                "%(count)s handlingar är gallrade enligt %(reference)s.",
                records,
            )
            % {"count": records, "reference": decision.reference}
        )
    if items:
        found.append(
            ngettext(
                "%(count)s post i inkorgen är gallrad enligt %(reference)s.",
                "%(count)s poster i inkorgen är gallrade enligt %(reference)s.",
                items,
            )
            % {"count": items, "reference": decision.reference}
        )
    return " ".join(found)


class ClosingView(DeskView):
    """How far a closing in the background has come; a part of the case's page."""

    template_name = "desk/archive/closing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The closing of a case that the person is let in to."""
        closing = get_object_or_404(Closing, pk=self.kwargs["pk"])
        case_or_404(self.user, closing.case_id)
        return super().get_context_data(closing=closing, **kwargs)
